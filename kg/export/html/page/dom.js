// Elements made from plain values. Text always goes in as text, never as markup.

const SVG_SPACE = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

/** An element with properties (on* are listeners, aria-*, data-* and role attributes) and children (strings are text). */
export function el(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** As `el`, in the SVG namespace, where every property is an attribute. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG_SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (/^(aria-|data-|role$|for$|tabindex$|list$|scope$|colspan$)/.test(name)) element.setAttribute(name, value);
    else if (name === "style") for (const [key, entry] of Object.entries(value)) element.style.setProperty(key, entry);
    else element[name] = value;
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function replace(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
}

/** A number with its thousands set apart by style alone, so that its text stays a plain number. */
export function grouped(number) {
  const digits = String(number);
  const head = digits.length % 3 || 3;
  const groups = [digits.slice(0, head)];
  for (let at = head; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3));
  return groups.map((group, place) => el("span", { className: place ? "thousand" : "" }, group));
}

/** "1,234" for running text that nothing parses. */
export const spoken = (number) => number.toLocaleString("en");

export const plural = (number, word) => `${spoken(number)} ${word}${number === 1 ? "" : "s"}`;

/** "evaluatesOn" → "evaluates on". */
export const words = (name) => name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();

/** "evaluates on" → "Evaluates on". */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Say something to screen readers. */
export function announce(text) {
  byId("said").textContent = text;
}

const ICONS = {
  back: "M12.5 4 6.5 10l6 6", forward: "m7.5 4 6 6-6 6",
  path: "M4.5 15.5a2 2 0 1 0 0-.1M15.5 4.5a2 2 0 1 0 0-.1M6.5 14.5c6-1 1-8 7-9",
  compare: "M3.5 5h5v10h-5zM11.5 5h5v10h-5z", table: "M3 4.5h14v11H3zM3 8.3h14M3 12h14M8 8.3v7.2",
  timeline: "M3.5 16.5h13M5.5 14v-4M9 14V6M12.5 14v-6M16 14V4", picture: "M10 3.5v9M6.5 9.5l3.5 3.5 3.5-3.5M4 16.5h12",
  theme: "M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13", reset: "M4.5 8a6 6 0 1 1-.4 4M4.2 4v4.2h4.2",
  help: "M7.7 7.6a2.4 2.4 0 1 1 3.6 2.1c-.9.5-1.3 1-1.3 1.9M10 14.4v.1", filter: "M3 5h14M5.8 10h8.4M8.5 15h3",
  close: "m5 5 10 10M15 5 5 15", plus: "M10 4v12M4 10h12", minus: "M4 10h12", fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  focus: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2",
  expand: "M10 5v10M5 10h10", hide: "M3 10s2.6-4.5 7-4.5 7 4.5 7 4.5-2.6 4.5-7 4.5S3 10 3 10M4 16 16 4",
  pin: "M7 3.5h6l-1 5 2.5 2.5h-9L8 8.5zM10 11v5.5", link: "M8 5H5v10h10v-3M11 4h5v5M16 4l-7 7", share: "M8 12l4-4M9 6l1.5-1.5a3.2 3.2 0 0 1 4.5 4.5L13.5 10.5M11 14l-1.5 1.5a3.2 3.2 0 0 1-4.5-4.5L6.5 9.5", quote: "M4 6h12M4 10h12M4 14h7",
  code: "m7 6-4 4 4 4M13 6l4 4-4 4",
  ranks: "M3.5 16.5v-5h4v5M8 16.5v-12h4v12M12.5 16.5v-8h4v8",
};

export function icon(name) {
  return svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

export function button(label, drawing, action, properties = {}) {
  return el("button", { type: "button", onclick: action, ...properties }, drawing ? icon(drawing) : null, el("span", {}, label));
}
