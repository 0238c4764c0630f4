// The leaderboard of a benchmark, dataset or task: the figures that papers report on it, by metric, over the years.

import { scoreChart } from "./chart.js";
import { el, words } from "./dom.js";
import { nodeLink } from "./names.js";
import { edgesOf, otherEnd } from "./network.js";

/** Results measured on a node: Map(metric name → rows, best first). Empty for nodes on which nothing was measured. */
export function resultsOn(app, node) {
  const boards = new Map();
  for (const edge of edgesOf(app.net, node)) {
    if (predicateName(app, edge) !== "onBenchmark" || app.net.target[edge] !== node) continue;
    const row = resultRow(app, app.net.source[edge]);
    if (!boards.has(row.metric)) boards.set(row.metric, []);
    boards.get(row.metric).push(row);
  }
  for (const rows of boards.values()) rows.sort((one, two) => two.number - one.number || two.year - one.year || one.result - two.result);
  return new Map([...boards].sort((one, two) => two[1].length - one[1].length));
}

const predicateName = (app, edge) => app.head.predicates[app.net.predicate[edge]].name;

function resultRow(app, result) {
  const ends = {};
  for (const edge of edgesOf(app.net, result)) ends[predicateName(app, edge)] = otherEnd(app.net, edge, result);
  const value = app.text.value[result];
  const number = Number.parseFloat(value.replaceAll(",", ""));
  return {
    result, value, number: Number.isFinite(number) ? number : -Infinity, year: app.net.first[result],
    by: ends.resultOf ?? -1, metric: ends.metric === undefined ? "score" : app.net.names[ends.metric],
  };
}

/** The leaderboard as an element. */
export function leaderboard(app, node) {
  const boards = resultsOn(app, node);
  if (!boards.size) return null;
  return el("section", { className: "board" }, [...boards].map(([metric, rows]) => board(app, node, metric, rows)));
}

function board(app, node, metric, rows) {
  const points = rows.filter((row) => row.year && Number.isFinite(row.number)).map((row) => ({ year: row.year, value: row.number, name: nameOf(app, row) }));
  const body = rows.slice(0, 100).map((row, place) => el("tr", {},
    el("td", { className: "place" }, String(place + 1)),
    el("td", {}, row.by >= 0 ? nodeLink(app, row.by, { marked: false }) : "not named"),
    el("td", { className: "number" }, nodeLink(app, row.result, { label: row.value, marked: false })),
    el("td", { className: "number" }, row.year ? String(row.year) : "")));
  return el("div", {}, el("h4", { dir: "auto" }, words(metric) === metric.toLowerCase() ? metric : words(metric)),
    points.length > 1 ? scoreChart(points, `${metric} on ${app.net.names[node]} over the years`) : null,
    el("table", {}, el("thead", {}, el("tr", {}, ["#", "By", "Value", "Year"].map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, body)),
    rows.length > 100 ? el("p", { className: "quiet" }, `The first 100 of ${rows.length} are listed.`) : null,
    el("p", { className: "quiet" }, "Sorted from high to low; for some metrics low is better. Figures are those that papers state."));
}

const nameOf = (app, row) => (row.by >= 0 ? app.net.names[row.by] : "");
