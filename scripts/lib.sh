# shellcheck shell=bash
# Shared by the scripts: the project's environment, made once and remade when pyproject.toml changes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

find_python() {
  local name
  for name in ${PYTHON:+"$PYTHON"} python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  echo "kg needs Python 3.11 or newer; none was found. Set PYTHON to one." >&2
  return 1
}

# make_environment [GROUP]: a virtual environment in .venv with kg installed, and the dependency group if one is named.
make_environment() {
  local group=${1:-} stamp python
  python=$(find_python)
  stamp=$(cat pyproject.toml <("$python" --version) | cksum | cut -d' ' -f1)
  if [ ! -x .venv/bin/python ]; then
    echo "Making the environment in .venv ($("$python" --version)) ..."
    if ! "$python" -m venv .venv; then
      rm -rf .venv # half made, it would be taken for whole the next time
      echo "The environment could not be made; what is missing is named above (on Debian: apt install python3-venv)." >&2
      return 1
    fi
  fi
  if [ ! -e ".venv/.installed-$stamp-$group" ]; then
    echo "Installing kg and what it needs${group:+, with what \"$group\" needs} (some minutes where the network is slow) ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
    # Bytecode is made of what is used, when it is first used: 60 MB and 10 s less than of everything.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --editable . ${group:+--group "$group"}
    touch ".venv/.installed-$stamp-$group"
  fi
}
