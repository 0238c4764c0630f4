import assert from "node:assert/strict";
import test from "node:test";
import { between, fitting, newCamera, toScreenX, toWorldX, toWorldY, zoomAt } from "../page/camera.js";
import { distanceToLine } from "../page/edges.js";
import { placeLabels, shortened } from "../page/labels.js";
import { addDot, addLine, newRaster, toneMap } from "../page/raster.js";
import { outline } from "../page/shapes.js";
import { luminance, rgb, tuned } from "../page/theme.js";

const sum = (raster) => raster.density.reduce((total, value) => total + value, 0);

for (const [name, line, steps] of [["flat", [2, 5, 12, 5], 11], ["steep", [4, 2, 6, 12], 11], ["backwards", [12, 5, 2, 8], 11], ["a point", [5, 5, 5, 5], 1]]) {
  test(`a ${name} line leaves its weight at each step`, () => {
    const raster = newRaster(16, 16);
    addLine(raster, ...line, 0.5);
    assert.ok(Math.abs(sum(raster) - steps * 0.5) < 1e-4);
  });
}

for (const line of [[-50, -50, -10, 40], [100, 3, 200, 9], [-5, 400, 900, 400], [5, -9, 9, -3]]) {
  test(`a line outside (${line}) leaves nothing`, () => {
    const raster = newRaster(16, 16);
    addLine(raster, ...line, 1);
    assert.equal(sum(raster), 0);
  });
}

test("a line through the picture is cut at its sides", () => {
  const raster = newRaster(16, 16);
  addLine(raster, -1e5, -1e5, 1e5, 1e5, 1);
  assert.ok(sum(raster) > 12 && sum(raster) < 17);
  assert.ok(raster.density.every(Number.isFinite));
});

test("more lines are denser, never beyond the most", () => {
  const raster = newRaster(2, 1);
  raster.density.set([0.3, 50]);
  const pixels = new Uint32Array(2);
  toneMap(raster, pixels, [10, 20, 30], 0.5, 0, 2);
  const alpha = [...pixels].map((pixel) => pixel >>> 24);
  assert.ok(alpha[0] > 0 && alpha[0] < alpha[1] && alpha[1] <= 128);
  assert.equal(pixels[1] & 0xffffff, (30 << 16) | (20 << 8) | 10);
});

test("a dot is full in its middle and stays within the picture", () => {
  const pixels = new Uint32Array(25);
  addDot(pixels, 5, 5, 2, 2, 1, [255, 0, 0], 1);
  assert.equal(pixels[12] >>> 0, 0xff0000ff);
  addDot(pixels, 5, 5, 0, 0, 1.5, [0, 255, 0], 1);
  assert.equal(pixels.length, 25);
});

test("zooming keeps what is under the pointer", () => {
  const camera = { ...newCamera(), wide: 800, high: 600, x: 12, y: -7, zoom: 0.7 };
  const before = [toWorldX(camera, 640), toWorldY(camera, 100)];
  zoomAt(camera, 640, 100, 2.3, 0.01);
  assert.ok(Math.abs(toWorldX(camera, 640) - before[0]) < 1e-9 && Math.abs(toWorldY(camera, 100) - before[1]) < 1e-9);
});

test("a box fits the stage", () => {
  const camera = { ...newCamera(), wide: 800, high: 600 };
  const box = { left: -1000, right: 1000, top: -100, bottom: 100 };
  Object.assign(camera, fitting(camera, box, 20, 3));
  assert.ok(toScreenX(camera, -1000) >= 19 && toScreenX(camera, 1000) <= 781);
});

test("a flight begins and ends where it should", () => {
  const [one, two] = [{ x: 0, y: 0, zoom: 1 }, { x: 10, y: 5, zoom: 4 }];
  assert.deepEqual(between(one, two, 0), one);
  assert.deepEqual(between(one, two, 1), two);
});

test("labels never overlap, the strongest are written first, hidden ones not at all", () => {
  const count = 400;
  const net = {
    count, x: Float32Array.from({ length: count }, (_, i) => (i % 20) * 20 - 200), y: Float32Array.from({ length: count }, (_, i) => Math.floor(i / 20) * 12 - 120),
    names: Array.from({ length: count }, (_, i) => `Name number ${i}`), nodeShown: new Uint8Array(count).fill(1), radius: new Float32Array(count).fill(3),
  };
  net.nodeShown[1] = 0;
  const camera = { x: 0, y: 0, zoom: 1, wide: 800, high: 600 };
  const context = { measureText: (text) => ({ width: text.length * 7 }) };
  const labels = placeLabels(context, net, camera, { mask: null, first: [], most: 100 });
  const boxes = labels.map(({ node, dx, dy, wide, high }) => [net.x[node] + dx, net.y[node] + dy, wide, high]);
  boxes.forEach(([x, y, wide, high], i) => boxes.slice(i + 1).forEach(([u, v, w, h]) => assert.ok(x + wide <= u || u + w <= x || y + high <= v || v + h <= y)));
  assert.equal(labels[0].node, 0);
  assert.ok(labels.length > 20 && !labels.some((label) => label.node === 1));
});

test("long names are cut in labels", () => assert.equal(shortened("x".repeat(80)).length, 44));

for (const shape of ["dot", "square", "diamond", "triangle", "star", "hexagon", "box", "never heard of"]) {
  test(`the shape "${shape}" has a closed or round outline`, () => assert.match(outline(shape, 5, 5, 3), /^M[\d. aL\-Z]+$/));
}

for (const colour of ["#000000", "#ffffff", "#2f3e46", "#8d99ae", "#ffff00", "red"]) {
  test(`${colour} stands out on light and on dark`, () => {
    const contrast = (one, two) => (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    assert.ok(contrast(luminance(tuned(colour, true)), luminance(rgb("#12161d"))) >= 3);
    assert.ok(contrast(luminance(tuned(colour, false)), luminance(rgb("#fbfaf7"))) >= 3);
  });
}

for (const [px, py, away] of [[5, 3, 3], [-3, 4, 5], [13, 4, 5], [10, 0, 0]]) {
  test(`(${px}, ${py}) is ${away} from a line`, () => assert.equal(distanceToLine(px, py, [0, 0], [10, 0]), away));
}
test("a line without length is a point", () => assert.equal(distanceToLine(3, 4, [0, 0], [0, 0]), 5));
