// One picture of the graph, somewhat larger than the stage, drawn piece by piece so that no frame waits for it.

import { addDot, addLine, newRaster, toneMap } from "./raster.js";
import { stamp } from "./shapes.js";

const PIECE = 6_000; // edges or dots between two looks at the clock
const PLENTY = 45_000; // edges in sight above which long ones are thinned, the rest drawn stronger in proportion
const FEW_LINES = 12; // lit edges up to which none fades and each is drawn twice
const SMALL = 1.7; // pixels of radius below which a node is a dot

/** Radius of a node in pixels: grows with the zoom, but slower, and never falls below what can be seen. */
export function pixelRadius(net, node, zoom) {
  return Math.max(0.55, net.radius[node] * Math.min(1.6, zoom ** 0.62));
}

/**
 * Draw into a new canvas, yielding between pieces; returns `{canvas, thin}`, where `thin` says that only some of the
 * long edges were drawn. `scene` gives camera (of the picture), wide, high, ratio, net,
 * sheet, colours by type, `edge` colour, `pick` (null, or the masks of what is to be drawn) and `strong`.
 */
export function* drawPicture(scene) {
  const { wide, high } = scene;
  const canvas = document.createElement("canvas");
  canvas.width = wide;
  canvas.height = high;
  const context = canvas.getContext("2d");
  const image = context.createImageData(wide, high);
  const pixels = new Uint32Array(image.data.buffer);
  const thin = yield* drawEdges(scene, pixels);
  const large = yield* drawDots(scene, pixels);
  context.putImageData(image, 0, 0);
  for (let i = large.length - 1; i >= 0; i--) {
    const { node, x, y, radius } = large[i];
    stamp(context, scene.sheet, scene.net.type[node], x, y, radius);
    if (i % 500 === 0) yield;
  }
  return { canvas, thin };
}

function* drawEdges(scene, pixels) {
  const { net, camera, wide, high, ratio, pick } = scene;
  const raster = newRaster(wide, high);
  const zoom = camera.zoom * ratio;
  const mask = pick ? pick.edges : net.edgeShown;
  const visible = yield* edgesInSight(scene, mask);
  const thin = visible.length > PLENTY ? Math.ceil(visible.length / PLENTY) : 1;
  const base = scene.strong ? 0.9 * Math.max(0.16, Math.min(1, 60 / Math.max(1, visible.length)) ** 0.6) : 0.3;
  const few = scene.strong && visible.length <= FEW_LINES;
  for (let i = 0; i < visible.length; i++) {
    const edge = visible[i];
    const [a, b] = [net.source[edge], net.target[edge]];
    const x0 = (net.x[a] - camera.x) * zoom + wide / 2;
    const y0 = (net.y[a] - camera.y) * zoom + high / 2;
    const x1 = (net.x[b] - camera.x) * zoom + wide / 2;
    const y1 = (net.y[b] - camera.y) * zoom + high / 2;
    const length = (Math.abs(x1 - x0) + Math.abs(y1 - y0)) / ratio;
    const long = length > 36;
    if (thin > 1 && long && edge % thin) continue;
    const fade = few ? 1 : scene.strong ? Math.max(0.35, Math.min(1, 300 / length)) : Math.max(0.1, Math.min(1, 42 / length));
    const weight = base * fade * (long ? Math.min(thin, 3) : 1) * (0.55 + net.edgeConfidence[edge] / 220);
    addLine(raster, x0, y0, x1, y1, weight);
    if (few) addLine(raster, x0 + 0.8, y0 + 0.8, x1 + 0.8, y1 + 0.8, weight); // a path is to be seen across the whole picture
    if (i % PIECE === 0) yield;
  }
  for (let row = 0; row < high; row += 200) {
    toneMap(raster, pixels, scene.edge, scene.strong ? 0.9 : 0.62, row * wide, Math.min(high, row + 200) * wide);
    yield;
  }
  return thin > 1;
}

function* edgesInSight(scene, mask) {
  const { net, camera, wide, high, ratio } = scene;
  const halfX = wide / 2 / camera.zoom / ratio;
  const halfY = high / 2 / camera.zoom / ratio;
  const [left, right, top, bottom] = [camera.x - halfX, camera.x + halfX, camera.y - halfY, camera.y + halfY];
  const found = new Uint32Array(net.edges);
  let count = 0;
  for (let e = 0; e < net.edges; e++) {
    if (e % 100_000 === 99_999) yield;
    if (!mask[e]) continue;
    const [a, b] = [net.source[e], net.target[e]];
    if (net.x[a] < left && net.x[b] < left) continue;
    if (net.x[a] > right && net.x[b] > right) continue;
    if (net.y[a] < top && net.y[b] < top) continue;
    if (net.y[a] > bottom && net.y[b] > bottom) continue;
    found[count++] = e;
  }
  return found.subarray(0, count);
}

/** Draw the nodes that are mere dots, weakest first; return the larger ones in order of rank. */
function* drawDots(scene, pixels) {
  const { net, camera, wide, high, ratio, pick, colours } = scene;
  const zoom = camera.zoom * ratio;
  const mask = pick ? pick.nodes : net.nodeShown;
  const large = [];
  for (let node = net.count - 1; node >= 0; node--) {
    if (node % PIECE === 0) yield;
    if (!mask[node] || !net.nodeShown[node]) continue;
    const x = (net.x[node] - camera.x) * zoom + wide / 2;
    const y = (net.y[node] - camera.y) * zoom + high / 2;
    if (x < -40 || y < -40 || x > wide + 40 || y > high + 40) continue;
    const radius = pixelRadius(net, node, camera.zoom) * ratio;
    if (radius >= SMALL) large.push({ node, x, y, radius });
    else addDot(pixels, wide, high, x, y, radius, colours[net.type[node]], 0.8);
  }
  return large.reverse();
}
