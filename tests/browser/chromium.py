"""Debian's Chromium for tests and benchmarks: no GPU, and nothing that it does of its own accord."""

import shutil

from playwright.sync_api import Browser, Playwright

_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip


def launch(playwright: Playwright) -> Browser:
    """A headless browser. Raises `RuntimeError` with the way out if there is none."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        raise RuntimeError("Chromium is missing: install it with `apt-get install -y chromium`")
    return playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
