// Light and dark, and the ontology's colours made legible on either.

const KEEP = "kg-theme";

export const theme = { dark: false, colours: {} };

export function chooseTheme(name) {
  theme.dark = name ? name === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = theme.dark ? "dark" : "light";
  const style = getComputedStyle(document.documentElement);
  for (const name of ["canvas", "ink", "muted", "accent", "edge", "mark", "panel", "line"]) {
    theme.colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

export function storedTheme() {
  try {
    return localStorage.getItem(KEEP) || "";
  } catch {
    return "";
  }
}

export function storeTheme() {
  try {
    localStorage.setItem(KEEP, theme.dark ? "dark" : "light");
  } catch {
    // A page opened from disk may have no storage; the choice then lasts as long as the page.
  }
}

/** [r, g, b] of "#rrggbb"; anything else is grey. */
export function rgb(colour) {
  const found = /^#([0-9a-f]{6})$/i.exec(colour);
  if (!found) return [128, 128, 128];
  const value = parseInt(found[1], 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Relative luminance, 0 to 1, as WCAG defines it. */
export function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colour, moved towards white on dark ground or black on light ground until it stands out by 3 to 1. */
export function tuned(colour, dark) {
  let parts = rgb(colour);
  for (let step = 0; step < 12; step++) {
    const light = luminance(parts);
    if (dark ? light >= 0.19 : light <= 0.28) break;
    parts = parts.map((part) => Math.round(dark ? part + (255 - part) * 0.12 : part * 0.9));
  }
  return parts;
}

export const css = ([red, green, blue], alpha = 1) => `rgba(${red},${green},${blue},${alpha})`;
