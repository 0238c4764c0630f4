// Files that the page hands out: tables as CSV, the picture as PNG and SVG.

import { toScreenX, toScreenY } from "./camera.js";
import { pixelRadius } from "./picture.js";
import { keyAsSvg, keyOf } from "./printing.js";
import { outline } from "./shapes.js";
import { css, theme } from "./theme.js";

const MOST_LINES = 20_000;

export function hand(name, type, ...parts) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Put a text on the clipboard, in the old way where the new one is refused; false if both are. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}

/** One CSV line. A value that a spreadsheet would run as a formula is led by an apostrophe. */
export function csvLine(values) {
  return `${values.map(csvValue).join(",")}\r\n`;
}

function csvValue(value) {
  const text = String(value);
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A canvas as a PNG. */
export function exportPng(canvas, name) {
  canvas.toBlob((blob) => hand(`${name}.png`, "image/png", blob), "image/png");
}

/** The stage as an SVG: what is in sight, strongest first; says in its description what was left out. */
export function svgText(view, title) {
  const { camera, net } = view;
  const mask = view.light ? view.light.nodes : net.nodeShown;
  const edges = view.light ? view.light.edges : net.edgeShown;
  const inside = (node) => {
    const [x, y] = [toScreenX(camera, net.x[node]), toScreenY(camera, net.y[node])];
    return x > -50 && y > -50 && x < camera.wide + 50 && y < camera.high + 50;
  };
  const lines = [];
  let passed = 0;
  for (let e = 0; e < net.edges; e++) {
    const [a, b] = [net.source[e], net.target[e]];
    if (!edges[e] || (!inside(a) && !inside(b))) continue;
    if (lines.length >= MOST_LINES) passed++;
    else lines.push(`M${point(view, a)}L${point(view, b)}`);
  }
  const shapes = [];
  for (let node = net.count - 1; node >= 0; node--) {
    if (!mask[node] || !net.nodeShown[node] || !inside(node)) continue;
    const path = outline(view.types[net.type[node]].shape, toScreenX(camera, net.x[node]), toScreenY(camera, net.y[node]), pixelRadius(net, node, camera.zoom));
    shapes.push(`<path d="${path}" fill="${css(view.colours[net.type[node]])}"/>`);
  }
  const key = keyOf(view);
  const high = camera.high + key.high;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${camera.wide} ${high}" width="${camera.wide}" height="${high}">`,
    `<title>${escaped(title)}</title>`, passed ? `<desc>${passed} of ${passed + lines.length} lines are not drawn.</desc>` : "",
    `<rect width="100%" height="100%" fill="${theme.colours.canvas}"/>`,
    linesAsSvg(lines),
    `<g stroke="${theme.colours.canvas}" stroke-width="0.6">`, ...shapes, "</g>",
    `<g fill="${theme.colours.ink}" stroke="${theme.colours.canvas}" stroke-width="3" stroke-linejoin="round" paint-order="stroke" font-family="sans-serif">`,
    ...view.labels.map((label) => labelText(view, label)), "</g>", keyAsSvg(view, key, escaped), "</svg>",
  ].join("\n");
}

/** Lines in many paths: within one, those that cross would not add up. */
function linesAsSvg(lines) {
  const strength = Math.max(0.08, 0.34 * Math.min(1, (1500 / Math.max(1, lines.length)) ** 0.5)).toFixed(2);
  const paths = [];
  for (let i = 0; i < lines.length; i += 60) paths.push(`<path d="${lines.slice(i, i + 60).join("")}"/>`);
  return `<g fill="none" stroke="${theme.colours.edge}" stroke-width="0.6" stroke-opacity="${strength}">${paths.join("\n")}</g>`;
}

const point = (view, node) => `${toScreenX(view.camera, view.net.x[node]).toFixed(1)} ${toScreenY(view.camera, view.net.y[node]).toFixed(1)}`;

function labelText(view, label) {
  const x = (toScreenX(view.camera, view.net.x[label.node]) + label.dx).toFixed(1);
  const y = (toScreenY(view.camera, view.net.y[label.node]) + label.dy + label.size).toFixed(1);
  return `<text x="${x}" y="${y}" font-size="${label.size}">${escaped(label.text)}</text>`;
}

/** Text for XML: marks that mean something are spelt out, characters that XML forbids are dropped. */
export function escaped(text) {
  const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (mark) => marks[mark]);
}
