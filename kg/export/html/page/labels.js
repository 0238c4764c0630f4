// Which names to write and where: the strongest first, none upon another, moved along while the camera moves.

import { above, toScreenX, toScreenY } from "./camera.js";
import { pixelRadius } from "./picture.js";

const FAMILY = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const CELL = 4;
const LONGEST = 44;
const GAP = 3;
const TOOLS = 58; // pixels in the corners below that tools cover
const COUNTER = 440;

export const shortened = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name);

const WIDTHS = new Map();

function textWidth(context, font, text) {
  const key = font + text;
  let width = WIDTHS.get(key);
  if (width === undefined) {
    if (WIDTHS.size > 20_000) WIDTHS.clear();
    context.font = font;
    WIDTHS.set(key, (width = context.measureText(text).width));
  }
  return width;
}

/** Choose labels for a camera: `[{node, text, font, size, wide, dx, dy}]`, offsets from the node in pixels. */
export function placeLabels(context, net, camera, options) {
  const { mask, first, most } = options;
  const room = newRoom(camera);
  const placed = [];
  const tryNode = (node) => {
    const x = toScreenX(camera, net.x[node]);
    const y = toScreenY(camera, net.y[node]);
    if (x < -20 || y < 0 || x > camera.wide + 20 || y > camera.high) return;
    const label = seat(context, net, camera, room, { node, x, y, rank: placed.length, always: first.includes(node) });
    if (label) placed.push(label);
  };
  for (const node of first) tryNode(node);
  let tries = 0;
  for (let node = 0; node < net.count && placed.length < most && tries < most * 14; node++) {
    if (!net.nodeShown[node] || (mask && !mask[node]) || first.includes(node)) continue;
    const before = placed.length;
    const x = toScreenX(camera, net.x[node]);
    const y = toScreenY(camera, net.y[node]);
    if (x < 0 || y < 0 || x > camera.wide || y > camera.high) continue;
    tryNode(node);
    if (placed.length === before) tries++;
  }
  return placed;
}

function seat(context, net, camera, room, { node, x, y, rank, always }) {
  const radius = pixelRadius(net, node, camera.zoom);
  const size = rank < 12 ? 14 : rank < 40 ? 12.5 : 11.5;
  const font = `${rank < 12 || always ? 600 : 500} ${size}px ${FAMILY}`;
  const text = shortened(net.names[node]);
  const wide = Math.ceil(textWidth(context, font, text)) + 2;
  const high = Math.ceil(size * 1.25);
  const spots = [
    [radius + GAP, -high / 2], [-radius - GAP - wide, -high / 2],
    [-wide / 2, radius + 2], [-wide / 2, -radius - 2 - high],
  ];
  for (const [dx, dy] of spots) {
    if (taken(room, x + dx, y + dy, wide, high)) continue;
    take(room, x + dx - 4, y + dy - 1, wide + 8, high + 2);
    take(room, x - radius, y - radius, 2 * radius, 2 * radius);
    return { node, text, font, size, wide, high, dx, dy, always };
  }
  return null;
}

function newRoom(camera) {
  const { wide, high } = camera;
  const columns = Math.ceil(wide / CELL) + 1;
  const rows = Math.ceil(high / CELL) + 1;
  return { columns, rows, top: above(camera), cells: new Uint8Array(columns * rows) };
}

function cellsOf(room, x, y, wide, high) {
  return [
    Math.max(0, Math.floor(x / CELL)), Math.min(room.columns - 1, Math.floor((x + wide) / CELL)),
    Math.max(0, Math.floor(y / CELL)), Math.min(room.rows - 1, Math.floor((y + high) / CELL)),
  ];
}

function taken(room, x, y, wide, high) {
  const [right, bottom] = [(room.columns - 1) * CELL, (room.rows - 1) * CELL];
  if (x < 4 || y < room.top || x + wide > right - 4 || y + high > bottom - 4) return true;
  if (y + high > bottom - TOOLS && (x < COUNTER || x + wide > right - TOOLS)) return true;
  const [first, last, top, end] = cellsOf(room, x, y, wide, high);
  for (let row = top; row <= end; row++) {
    for (let column = first; column <= last; column++) if (room.cells[row * room.columns + column]) return true;
  }
  return false;
}

function take(room, x, y, wide, high) {
  const [left, right, top, bottom] = cellsOf(room, x, y, wide, high);
  for (let row = top; row <= bottom; row++) room.cells.fill(1, row * room.columns + left, row * room.columns + right + 1);
}

/** Write all labels on one sheet, so that each frame only copies; returns {canvas, places}. */
export function drawLabelSheet(labels, ratio, ink, ground) {
  const canvas = document.createElement("canvas");
  const width = 1600;
  let x = 0;
  let y = 0;
  const places = labels.map((label) => {
    if (x + label.wide + 8 > width) {
      x = 0;
      y += 24;
    }
    const place = [x, y];
    x += label.wide + 8;
    return place;
  });
  canvas.width = width * ratio;
  canvas.height = Math.max(1, (y + 24) * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = ground;
  context.fillStyle = ink;
  labels.forEach((label, i) => {
    context.font = label.font;
    context.strokeText(label.text, places[i][0] + 3, places[i][1] + 12);
    context.fillText(label.text, places[i][0] + 3, places[i][1] + 12);
  });
  return { canvas, places };
}
