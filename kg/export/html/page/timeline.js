// The timeline: what is shown by year and type, and how the strongest things came and went.

import { yearBars } from "./chart.js";
import { el, spoken } from "./dom.js";
import { edgesOf, otherEnd } from "./network.js";
import { yearRows } from "./legend.js";
import { nodeLink, typeOf } from "./names.js";
import { openDialog } from "./table.js";
import { css, theme, tuned } from "./theme.js";

const ROWS_OF_TIME = 40;

export function openTimeline(app) {
  const { rows, from, to } = yearRows(app, app.net.nodeShown);
  if (!to) return openDialog("Timeline", [], el("p", { className: "note" }, "The listings of this graph state no dates."));
  const used = rows.filter((row) => row.counts.size);
  const chart = yearBars(used, { from, to, wide: 900, high: 190, label: `Things shown by first year and type, ${from} to ${to}` });
  const keys = el("p", { className: "series" }, used.map((row) => el("span", {}, el("i", { style: { "--colour": row.colour } }), row.name)));
  return openDialog("Timeline", [], el("div", { className: "scroll time", tabindex: "0", role: "region", "aria-label": "Timeline" },
    el("h3", {}, "New in each year"), chart, keys, el("h3", {}, "Papers on the strongest, by year"), heat(app, from, to)));
}

function heat(app, from, to) {
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const body = [];
  for (let node = 0; node < app.net.count && body.length < ROWS_OF_TIME; node++) {
    if (!app.net.nodeShown[node] || ["Paper", "Result", "Venue"].includes(typeOf(app, node).name)) continue;
    body.push(heatRow(app, node, years));
  }
  const head = el("tr", {}, el("th", { scope: "col" }, "Name"), years.map((year) => el("th", { scope: "col" }, String(year))));
  return el("table", { className: "heat" }, el("thead", {}, head), el("tbody", {}, body));
}

function heatRow(app, node, years) {
  const sums = paperYears(app, node);
  const most = Math.max(1, ...sums.values());
  const colour = css(tuned(typeOf(app, node).colour, theme.dark));
  return el("tr", {}, el("th", { scope: "row" }, nodeLink(app, node)),
    years.map((year) => el("td", { style: { "--share": (sums.get(year) || 0) / most, "--colour": colour } }, sums.get(year) ? el("span", {}, spoken(sums.get(year))) : "")));
}

function paperYears(app, node) {
  const sums = new Map();
  const seen = new Set();
  for (const edge of edgesOf(app.net, node)) {
    const other = otherEnd(app.net, edge, node);
    const year = app.net.first[other];
    if (typeOf(app, other).name !== "Paper" || !year || seen.has(other)) continue;
    seen.add(other);
    sums.set(year, (sums.get(year) || 0) + 1);
  }
  return sums;
}
