// Small charts, as SVG that the page's style colours.

import { svg } from "./dom.js";

/** Stacked bars, one for each year: `rows` are `{name, colour, counts: Map(year → number)}`. */
export function yearBars(rows, { from, to, wide = 300, high = 64, label, pick, chosen }) {
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const sums = years.map((year) => rows.reduce((sum, row) => sum + (row.counts.get(year) || 0), 0));
  const tallest = Math.max(1, ...sums);
  const step = wide / years.length;
  const body = high - 16;
  const bars = years.map((year, i) => {
    let top = body;
    const x = i * step + step * 0.1;
    const parts = rows.map((row) => {
      const tall = ((row.counts.get(year) || 0) / tallest) * (body - (high < 150 ? 2 : 16));
      top -= tall;
      return tall > 0 ? svg("rect", { x, y: top, width: Math.max(1, step * 0.8), height: tall, fill: row.colour, rx: 0.8 }) : null;
    }).filter(Boolean);
    const about = svg("title", {}, `${year}: ${sums[i]}`);
    const area = svg("rect", { x: i * step, y: 0, width: step, height: body, fill: "transparent" });
    return svg("g", { class: `${pick ? "pickable " : ""}${chosen && !chosen(year) ? "faded" : ""}`, ...(pick ? { onclick: () => pick(year) } : {}) }, ...parts, area, about);
  });
  const numbers = high < 150 ? [] : sums.map((sum, i) => (sum && step > 26 ? svg("text", { x: i * step + step / 2, y: body - (sum / tallest) * (body - 16) - 4, "text-anchor": "middle" }, sum.toLocaleString("en")) : null)).filter(Boolean);
  const every = Math.max(1, Math.ceil(36 / step));
  const marks = years.map((year, i) => ((years.length - 1 - i) % every === 0
    ? svg("text", { x: i * step + step / 2, y: high - 3, "text-anchor": "middle" }, String(year)) : null)).filter(Boolean);
  const line = svg("line", { x1: 0, x2: wide, y1: body + 0.5, y2: body + 0.5 });
  return svg("svg", { viewBox: `0 0 ${wide} ${high}`, class: "bars", role: "img", "aria-label": label }, ...bars, line, ...numbers, ...marks);
}

/** Points over years with the best so far as a stepped line: `points` are `{year, value, name}`, the best is the lowest if `low`. */
export function scoreChart(points, label, low = false) {
  const [wide, high, left, bottom] = [320, 150, 36, 20];
  const years = points.map((point) => point.year);
  const values = points.map((point) => point.value);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const x = (year) => left + ((year - first + 0.5) / (last - first + 1)) * (wide - left - 10);
  const y = (value) => 12 + (1 - (most > least ? (value - least) / (most - least) : 0.5)) * (high - bottom - 24);
  const steps = [];
  let best = low ? Infinity : -Infinity;
  for (const point of [...points].sort((one, two) => one.year - two.year || (low ? one.value - two.value : two.value - one.value))) {
    if (low ? point.value >= best : point.value <= best) continue;
    if (steps.length) steps.push(`H${x(point.year).toFixed(1)}`);
    steps.push(`${steps.length ? "V" : `M${x(point.year).toFixed(1)} `}${y(point.value).toFixed(1)}`);
    best = point.value;
  }
  if (last > first) steps.push(`H${x(last).toFixed(1)}`);
  const scale = [least, most].map((value) => svg("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, String(Math.round(value * 1000) / 1000)));
  const names = Array.from({ length: last - first + 1 }, (_, i) => svg("text", { x: x(first + i), y: high - 5, "text-anchor": "middle" }, String(first + i)));
  const dots = points.map((point) => svg("circle", { cx: x(point.year), cy: y(point.value), r: 4 }, svg("title", {}, `${point.name}: ${point.value} (${point.year})`)));
  return svg("svg", { viewBox: `0 0 ${wide} ${high}`, class: "scores", role: "img", "aria-label": label },
    svg("line", { x1: left, x2: wide, y1: high - bottom, y2: high - bottom }), ...scale, ...(names.length <= 8 ? names : [names[0], names[names.length - 1]]),
    svg("path", { d: steps.join(""), class: "best" }), ...dots);
}
