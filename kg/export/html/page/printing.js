// Pictures for files: the stage as it is seen, larger, with what shapes and colours mean.

import { toScreenX, toScreenY } from "./camera.js";
import { outline, trace } from "./shapes.js";
import { css, theme } from "./theme.js";
import { drawNow } from "./view.js";

const PRINTED = 3; // pixels of a file to one of the stage, if that makes no more than
const MOST_PRINTED = 24_000_000;
const LINE = 20;
const EDGE = 16;
const LETTER = 7; // pixels that a letter takes at most, on average

/** Types with a node in sight, set in lines below the picture: `{items: [{name, shape, colour, x, y}], high}`. */
export function keyOf({ net, camera, light, types, colours }) {
  const inSight = new Uint8Array(types.length);
  for (let node = 0; node < net.count; node++) {
    if (inSight[net.type[node]] || !net.nodeShown[node] || (light && !light.nodes[node])) continue;
    const [x, y] = [toScreenX(camera, net.x[node]), toScreenY(camera, net.y[node])];
    if (x > 0 && y > 0 && x < camera.wide && y < camera.high) inSight[net.type[node]] = 1;
  }
  const used = types.map((type, i) => ({ name: type.name, shape: type.shape, colour: css(colours[i]) })).filter((_, i) => inSight[i]);
  let [x, y] = [EDGE, camera.high + EDGE];
  const items = used.map((one) => {
    const width = 34 + LETTER * one.name.length;
    if (x > EDGE && x + width > camera.wide) [x, y] = [EDGE, y + LINE];
    x += width;
    return { ...one, x: x - width, y };
  });
  return { items, high: used.length ? y - camera.high + EDGE : 0 };
}

/** The stage in a canvas large enough for print. */
export function drawLarge(view) {
  const { wide, high } = view.camera;
  const ratio = Math.max(1, Math.min(PRINTED, Math.sqrt(MOST_PRINTED / (wide * high))));
  const key = keyOf(view);
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(wide * ratio), height: Math.round((high + key.high) * ratio) });
  const context = canvas.getContext("2d");
  drawNow({ ...view, canvas, ratio, context, margin: 0, pixels: Infinity, layers: {}, jobs: [], labelsFor: null, hover: -1, hoverEdge: -1, thinned: () => {} });
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { font: "12px sans-serif", textBaseline: "middle" });
  for (const { name, shape, colour, x, y } of key.items) {
    trace(context, shape, x, y, 5);
    context.fillStyle = colour;
    context.fill();
    context.fillStyle = theme.colours.ink;
    context.fillText(name, x + 12, y);
  }
  return canvas;
}

/** A key as elements of an SVG, over what lies under it; names are put through `escape`. */
export function keyAsSvg(view, key, escape) {
  const ground = `<rect y="${view.camera.high}" width="100%" height="${key.high}" fill="${theme.colours.canvas}"/>`;
  return ground + key.items.map(({ name, shape, colour, x, y }) => `<path d="${outline(shape, x, y, 5)}" fill="${colour}"/>` +
    `<text x="${x + 12}" y="${y + 4}" font-size="12" font-family="sans-serif" fill="${theme.colours.ink}">${escape(name)}</text>`).join("\n");
}
