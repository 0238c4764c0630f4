// The shapes that the ontology names, as outlines that canvas and SVG can both draw, and as small ready pictures.

const CORNERS = {
  square: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
  box: [[-1.1, -0.75], [1.1, -0.75], [1.1, 0.75], [-1.1, 0.75]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  triangle: [[0, -1.2], [1.1, 0.8], [-1.1, 0.8]],
  triangleDown: [[0, 1.2], [1.1, -0.8], [-1.1, -0.8]],
  hexagon: Array.from({ length: 6 }, (_, i) => [1.08 * Math.cos((i * Math.PI) / 3), 1.08 * Math.sin((i * Math.PI) / 3)]),
  star: Array.from({ length: 10 }, (_, i) => {
    const far = i % 2 ? 0.58 : 1.3;
    return [far * Math.sin((i * Math.PI) / 5), -far * Math.cos((i * Math.PI) / 5)];
  }),
};

/** Corners of a shape of radius 1, or null for a round one. */
export const corners = (shape) => CORNERS[shape] || null;

/** An SVG path for a shape of the given radius around (x, y). */
export function outline(shape, x, y, radius) {
  const points = corners(shape);
  const at = (value) => Math.round(value * 100) / 100;
  if (points) return `M${points.map(([dx, dy]) => `${at(x + dx * radius)} ${at(y + dy * radius)}`).join("L")}Z`;
  return `M${at(x - radius)} ${at(y)}a${at(radius)} ${at(radius)} 0 1 0 ${at(2 * radius)} 0a${at(radius)} ${at(radius)} 0 1 0 ${at(-2 * radius)} 0`;
}

export function trace(context, shape, x, y, radius) {
  const points = corners(shape);
  context.beginPath();
  if (!points) return context.arc(x, y, radius, 0, 2 * Math.PI);
  for (const [dx, dy] of points) context.lineTo(x + dx * radius, y + dy * radius);
  return context.closePath();
}

const STEP = 1.12; // each ready picture is this much larger than the one before
const SIZES = 40;

/** A sheet of ready pictures, a row a type and a column a size; `ring` is the ground colour that parts neighbours. */
export function drawSheet(types, ring) {
  const sizes = Array.from({ length: SIZES }, (_, i) => 1.2 * STEP ** i);
  const cell = sizes.map((radius) => Math.ceil(radius * 2.8 + 4));
  const left = [];
  cell.reduce((sum, width, i) => ((left[i] = sum), sum + width), 0);
  const tallest = Math.max(...cell);
  const canvas = document.createElement("canvas");
  canvas.width = left[SIZES - 1] + tallest;
  canvas.height = tallest * Math.max(1, types.length);
  const context = canvas.getContext("2d");
  types.forEach((type, row) => {
    sizes.forEach((radius, i) => {
      trace(context, type.shape, left[i] + cell[i] / 2, row * tallest + cell[i] / 2, radius);
      context.fillStyle = type.fill;
      context.strokeStyle = ring;
      context.lineWidth = Math.min(1.6, 0.5 + radius * 0.08);
      context.fill();
      context.stroke();
    });
  });
  return { canvas, sizes, cell, left, tallest };
}

/** Copy the ready picture nearest to `radius` so that its middle is at (x, y). */
export function stamp(context, sheet, type, x, y, radius) {
  const i = Math.max(0, Math.min(SIZES - 1, Math.round(Math.log(radius / 1.2) / Math.log(STEP))));
  const size = sheet.cell[i];
  context.drawImage(sheet.canvas, sheet.left[i], type * sheet.tallest, size, size, Math.round(x - size / 2), Math.round(y - size / 2), size, size);
}
