// The stage: keeps a ready picture of the graph, moves it while the camera moves, and has it redrawn meanwhile.

import { between, fitting, newCamera, toScreenX, toScreenY, toWorldX, toWorldY } from "./camera.js";
import { drawLabelSheet, placeLabels } from "./labels.js";
import { bounds, buildGrid, near } from "./network.js";
import { drawPicture, pixelRadius } from "./picture.js";
import { drawSheet, trace } from "./shapes.js";
import { css, rgb, theme, tuned } from "./theme.js";

const MARGIN = 0.22; // of the stage, drawn beyond each of its sides
const PIXELS = 6_000_000; // at most this many in one picture
const MOVING = 5; // milliseconds of a frame spent on the next picture while the camera moves
const RESTING = 14;
const FLIGHT = 450;

/** Everything that is drawn. `options.changed` is called once the camera rests, `options.thinned` with whether lines are left out. */
export function newView(canvas, net, types, options = {}) {
  const view = {
    canvas, net, types, camera: newCamera(), furthest: 0.01, layers: {}, jobs: [], version: 0, labels: [], sheet: null,
    light: null, hover: -1, hoverEdge: -1, selected: -1, pinned: new Set(), flight: null, moving: 0, asked: 0, frames: 0,
    margin: MARGIN, pixels: PIXELS, calm: matchMedia("(prefers-reduced-motion: reduce)").matches, changed: options.changed || (() => {}), thin: false, thinned: options.thinned || (() => {}), resized: () => {},
  };
  view.context = canvas.getContext("2d");
  view.measure = document.createElement("canvas").getContext("2d");
  view.grid = buildGrid(net);
  paint(view);
  new ResizeObserver(() => resize(view)).observe(canvas);
  new ResizeObserver(([bar]) => clear(view, bar.target)).observe(document.getElementById("toolbar"));
  resize(view);
  return view;
}

/** Take the theme's colours over into everything drawn. */
export function paint(view) {
  view.colours = view.types.map((type) => tuned(type.colour, theme.dark));
  const filled = view.types.map((type, i) => ({ shape: type.shape, fill: css(view.colours[i]) }));
  view.stamps = drawSheet(filled, theme.colours.canvas);
  redraw(view);
}

function resize(view) {
  const box = view.canvas.getBoundingClientRect();
  view.ratio = Math.min(2, window.devicePixelRatio || 1);
  view.camera.wide = Math.max(1, box.width);
  view.camera.high = Math.max(1, box.height);
  view.canvas.width = Math.round(view.camera.wide * view.ratio);
  view.canvas.height = Math.round(view.camera.high * view.ratio);
  view.resized();
  redraw(view);
}

/** Keep the picture clear of the tools, however many rows they take. */
function clear(view, bar) {
  const above = Math.max(60, bar.offsetTop + bar.offsetHeight);
  if (above === view.camera.above) return;
  view.camera.above = above;
  view.resized();
  redraw(view);
}

/** The graph, its colours or what is lit has changed: all pictures are out of date. */
export function redraw(view) {
  view.version++;
  view.labelsFor = null;
  wake(view);
}

/** Positions have changed. */
export function moved(view) {
  view.grid = buildGrid(view.net);
  redraw(view);
}

/** Light some nodes and edges and dim the rest: `{nodes, edges, first}` (masks, and the nodes to name), or null. */
export function light(view, lit) {
  view.light = lit;
  redraw(view);
}

export function wake(view) {
  if (!view.asked) view.asked = requestAnimationFrame((now) => frame(view, now));
}

function frame(view, now) {
  view.asked = 0;
  view.frames++;
  fly(view, now);
  const still = !view.flight && now - view.moving > 120;
  plan(view, still);
  work(view, still ? RESTING : MOVING);
  compose(view, still);
  if (view.flight || view.jobs.length || !still || !view.labelsFor) wake(view);
  if (still && view.unsettled) {
    view.unsettled = false;
    view.changed();
  }
}

/** Ask for new pictures where the present ones do not serve. */
function plan(view, still) {
  for (const name of ["base", "bright"]) {
    if (name === "bright" && !view.light) {
      view.layers.bright = null;
      continue;
    }
    const ahead = view.jobs.find((job) => job.name === name);
    if (ahead && ahead.version === view.version && serves(view, ahead.picture, false)) continue;
    const ready = view.layers[name];
    if (!ahead && ready && ready.version === view.version && serves(view, ready, still)) continue;
    view.jobs = view.jobs.filter((job) => job.name !== name);
    view.jobs.push(newJob(view, name));
  }
}

/** Whether a picture covers the stage at nearly the right size; once at rest, at exactly the right size. */
function serves(view, picture, still) {
  const scale = view.camera.zoom / picture.camera.zoom;
  if (still ? scale !== 1 : scale < 0.8 || scale > 1.5) return false;
  const spareX = picture.wide / picture.ratio / 2 / picture.camera.zoom - view.camera.wide / 2 / view.camera.zoom;
  const spareY = picture.high / picture.ratio / 2 / picture.camera.zoom - view.camera.high / 2 / view.camera.zoom;
  const offX = Math.abs(view.camera.x - picture.camera.x);
  const offY = Math.abs(view.camera.y - picture.camera.y);
  return offX <= spareX + 1e-6 && offY <= spareY + 1e-6;
}

function newJob(view, name) {
  const { camera } = view;
  const spread = 1 + 2 * view.margin;
  const area = camera.wide * camera.high * spread * spread * view.ratio * view.ratio;
  const ratio = view.ratio * Math.min(1, Math.sqrt(view.pixels / area));
  const wide = Math.round(camera.wide * spread * ratio);
  const high = Math.round(camera.high * spread * ratio);
  const picture = { camera: { x: camera.x, y: camera.y, zoom: camera.zoom }, wide, high, ratio, version: view.version };
  const lit = name === "bright";
  const edge = rgb(lit ? theme.colours.accent : theme.colours.edge);
  const scene = { ...picture, net: view.net, sheet: view.stamps, colours: view.colours, edge, pick: lit ? view.light : null, strong: lit };
  return { name, version: view.version, picture, steps: drawPicture(scene) };
}

function work(view, budget) {
  const end = performance.now() + budget;
  while (view.jobs.length) {
    const job = view.jobs[0];
    const step = job.steps.next();
    if (step.done) {
      view.layers[job.name] = { ...job.picture, ...step.value };
      if (job.name === "base" && view.thin !== step.value.thin) view.thinned((view.thin = step.value.thin));
      view.jobs.shift();
    }
    if (performance.now() > end) return;
  }
}

/** Draw everything now, however long it takes: the first picture, and pictures for files. */
export function drawNow(view) {
  plan(view, true);
  work(view, Infinity);
  compose(view, true);
}

function compose(view, still) {
  const { context, ratio, camera } = view;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.fillStyle = theme.colours.canvas;
  context.fillRect(0, 0, view.canvas.width, view.canvas.height);
  context.globalAlpha = !view.light ? 1 : theme.dark ? 0.26 : 0.2;
  show(view, view.layers.base);
  context.globalAlpha = 1;
  if (view.light) show(view, view.layers.bright);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (view.hoverEdge >= 0) strokeEdge(view, view.hoverEdge);
  if (view.hover >= 0) ring(view, view.hover, 1.5);
  if (view.selected >= 0 && view.net.nodeShown[view.selected]) ring(view, view.selected, 2.5);
  for (const node of view.pinned) if (view.net.nodeShown[node]) ring(view, node, 1.5);
  if (labelsStale(view, still)) newLabels(view);
  for (let i = 0; i < view.labels.length; i++) {
    const label = view.labels[i];
    const x = Math.round((toScreenX(camera, view.net.x[label.node]) + label.dx - 3) * ratio);
    const y = Math.round((toScreenY(camera, view.net.y[label.node]) + label.dy + label.high / 2 - 12) * ratio);
    const [sx, sy] = view.sheet.places[i];
    const [wide, high] = [(label.wide + 6) * ratio, 24 * ratio];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(view.sheet.canvas, sx * ratio, sy * ratio, wide, high, x, y, wide, high);
  }
}

function show(view, picture) {
  if (!picture) return;
  const { camera, ratio, context } = view;
  const scale = (camera.zoom / picture.camera.zoom) * (ratio / picture.ratio);
  const left = (toScreenX(camera, picture.camera.x) * ratio) - (picture.wide / 2) * scale;
  const top = (toScreenY(camera, picture.camera.y) * ratio) - (picture.high / 2) * scale;
  if (Math.abs(scale - 1) < 1e-9) context.drawImage(picture.canvas, Math.round(left), Math.round(top));
  else context.drawImage(picture.canvas, left, top, picture.wide * scale, picture.high * scale);
}

function strokeEdge({ context, camera, net }, edge) {
  context.beginPath();
  for (const node of [net.source[edge], net.target[edge]]) context.lineTo(toScreenX(camera, net.x[node]), toScreenY(camera, net.y[node]));
  context.lineWidth = 2;
  context.strokeStyle = theme.colours.accent;
  context.stroke();
}

function ring(view, node, width) {
  const { context, camera, net } = view;
  trace(context, view.types[net.type[node]].shape, toScreenX(camera, net.x[node]), toScreenY(camera, net.y[node]), Math.max(4, pixelRadius(net, node, camera.zoom) + 3));
  context.lineWidth = width;
  context.strokeStyle = theme.colours.accent;
  context.stroke();
}

function labelsStale(view, still) {
  const made = view.labelsFor;
  if (!made || made.version !== view.version) return true;
  const scale = view.camera.zoom / made.zoom;
  if (!still) return scale > 1.25 || scale < 0.8;
  return made.x !== view.camera.x || made.y !== view.camera.y || scale !== 1 || made.wide !== view.camera.wide;
}

function newLabels(view) {
  const { camera, net } = view;
  const wanted = view.light ? view.light.first : [];
  const first = [...new Set([view.selected, ...wanted.slice(0, 36), ...view.pinned])].filter((node) => node >= 0 && net.nodeShown[node]);
  const most = view.light ? 60 : Math.round(Math.max(24, (camera.wide * camera.high) / 8000));
  view.labels = placeLabels(view.measure, net, camera, { mask: view.light ? view.light.nodes : null, first, most });
  view.sheet = drawLabelSheet(view.labels, view.ratio, theme.colours.ink, theme.colours.canvas);
  view.labelsFor = { x: camera.x, y: camera.y, zoom: camera.zoom, wide: camera.wide, version: view.version };
}

/** The camera has been moved by hand. */
export function touch(view) {
  view.flight = null;
  view.moving = performance.now();
  view.unsettled = true;
  wake(view);
}

/** Move the camera smoothly; at once where the user asked for less motion. */
export function flyTo(view, goal) {
  view.unsettled = true;
  if (view.calm) Object.assign(view.camera, goal);
  else view.flight = { start: performance.now(), from: { ...view.camera }, goal };
  wake(view);
}

function fly(view, now) {
  if (!view.flight) return;
  const share = Math.min(1, Math.max(0, (now - view.flight.start) / FLIGHT));
  Object.assign(view.camera, share < 1 ? between(view.flight.from, view.flight.goal, share) : view.flight.goal);
  if (share >= 1) view.flight = null;
}

/** The camera that shows everything shown (or everything under `mask`). */
export function cameraFor(view, mask) {
  return fitting(view.camera, bounds(view.net, mask || view.net.nodeShown), mask ? Math.min(60, view.camera.wide * 0.06) : 16, mask ? 1.6 : 2.2);
}

/** The node under a point of the stage, or -1; fingers reach further than a mouse. */
export function nodeAt(view, px, py, reach = 7) {
  const { camera, net } = view;
  const x = toWorldX(camera, px);
  const y = toWorldY(camera, py);
  let best = -1;
  let least = Infinity;
  for (const node of near(view.grid, x, y, (reach + 40) / camera.zoom)) {
    if (!net.nodeShown[node] || (view.light && !view.light.nodes[node])) continue;
    const away = Math.hypot(net.x[node] - x, net.y[node] - y) * camera.zoom - pixelRadius(net, node, camera.zoom);
    if (away < reach && (away < least - 0.01 || (away < least + 0.01 && node < best))) {
      best = node;
      least = away;
    }
  }
  return best >= 0 ? best : labelAt(view, px, py);
}

function labelAt(view, px, py) {
  for (const label of view.labels) {
    const x = toScreenX(view.camera, view.net.x[label.node]) + label.dx;
    const y = toScreenY(view.camera, view.net.y[label.node]) + label.dy;
    if (px >= x && px <= x + label.wide && py >= y && py <= y + label.high) return label.node;
  }
  return -1;
}
