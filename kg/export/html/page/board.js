// The leaderboard of a benchmark, dataset or task: the scores that papers report on it, by metric, over the years.

import { scoreChart } from "./chart.js";
import { codeLink } from "./code.js";
import { el } from "./dom.js";
import { nodeLink } from "./names.js";
import { edgesOf, otherEnd } from "./network.js";
import { figure, lowIsBetter, onOneScale } from "./scores.js";

const MOST = 100;
const UNRANKED = new Set(["gain", "factor", "baseline"]);

/**
 * Results measured on a node: `boards`, each with its metric, whether low is better, and its scores, best first; `others`
 * are figures that have no place in a ranking (gains, factors, baselines that nobody names), newest first.
 */
export function resultsOn(app, node) {
  const groups = new Map();
  const others = [];
  for (const edge of edgesOf(app.net, node)) {
    if (predicateName(app, edge) !== "onBenchmark" || app.net.target[edge] !== node) continue;
    const row = resultRow(app, app.net.source[edge]);
    if (UNRANKED.has(row.measure) || !Number.isFinite(row.number)) others.push(row);
    else {
      const apart = row.unit && (row.unit !== "%" || lowIsBetter(row.metric, ""));  // a percentage of an FID is no FID
      const key = apart ? `${row.metric} (${row.unit})` : row.metric;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
  }
  if (groups.has("score")) others.push(...takeStrays(groups));
  const boards = [...groups].map(([title, rows]) => ranked(title, rows)).sort((one, two) => two.rows.length - one.rows.length);
  others.sort((one, two) => two.year - one.year || one.result - two.result);
  return { boards, others };
}

/** Of figures whose metric is not named, those beyond a hundred where nearly all lie within: they measure something else. */
function takeStrays(groups) {
  const rows = groups.get("score");
  const within = rows.filter((row) => Math.abs(row.number) <= 100);
  if (within.length === rows.length || within.length < 4 * (rows.length - within.length)) return [];
  groups.set("score", within);
  return rows.filter((row) => Math.abs(row.number) > 100);
}

function ranked(title, rows) {
  const low = lowIsBetter(rows[0].metric, rows[0].unit);
  const numbers = onOneScale(rows);
  const placed = rows.map((row, i) => ({ ...row, number: numbers[i] }));
  placed.sort((one, two) => (low ? one.number - two.number : two.number - one.number) || two.year - one.year || one.result - two.result);
  return { title, low, rows: placed };
}

const predicateName = (app, edge) => app.head.predicates[app.net.predicate[edge]].name;

function resultRow(app, result) {
  const ends = {};
  for (const edge of edgesOf(app.net, result)) ends[predicateName(app, edge)] = otherEnd(app.net, edge, result);
  const value = app.text.value[result].replaceAll("\\%", "%");
  const { number, unit } = figure(value);
  return {
    result, value, number, unit, measure: app.text.measure[result], year: app.net.first[result],
    by: ends.resultOf ?? -1, metric: ends.metric === undefined ? "score" : app.net.names[ends.metric],
  };
}

/** The leaderboard as an element. */
export function leaderboard(app, node) {
  const { boards, others } = resultsOn(app, node);
  if (!boards.length && !others.length) return null;
  return el("section", { className: "board" }, boards.map((one) => board(app, node, one)), others.length ? aside(app, others, !boards.length) : null);
}

function board(app, node, { title, low, rows }) {
  const points = rows.filter((row) => row.year).map((row) => ({ year: row.year, value: row.number, name: nameOf(app, row) }));
  const body = rows.slice(0, MOST).map((row, place) => el("tr", {},
    el("td", { className: "place" }, String(place + 1)), ...cells(app, row)));
  return el("div", {}, el("h4", { dir: "auto" }, title),
    new Set(points.map((point) => point.year)).size > 1 ? scoreChart(points, `${title} on ${app.net.names[node]} over the years`, low) : null,
    table(["#", "By", "Value", "Year"], body),
    rows.length > MOST ? el("p", { className: "quiet" }, `The first ${MOST} of ${rows.length} are listed.`) : null,
    el("p", { className: "quiet" }, `${title === "score" ? "What is measured is not named; high figures come first." : low ? "Low figures are the better ones and come first." : "High figures come first."} All are as the papers state them.`));
}

/** Figures that are no scores, out of the way until somebody wants them. */
function aside(app, rows, open) {
  const body = rows.slice(0, MOST).map((row) => el("tr", {}, el("td", {}, UNRANKED.has(row.measure) ? row.measure : "other"),
    ...cells(app, row, row.metric === "score" ? row.value : `${row.value} ${row.metric}`)));
  const count = `${rows.length > MOST ? `${MOST} of ` : ""}${rows.length}`;
  return el("details", { open }, el("summary", {}, `Gains, factors and baselines (${count})`), table(["Sort", "By", "Value", "Year"], body));
}

/** Whose figure a row is, with the code of it. */
export const whose = (app, { by }) => (by >= 0 ? el("span", { className: "whose" }, nodeLink(app, by, { marked: false }), codeLink(app, by)) : "not named");

const cells = (app, row, label = row.value) => [
  el("td", {}, whose(app, row)),
  el("td", { className: "number figure" }, nodeLink(app, row.result, { label, marked: false })),
  el("td", { className: "number" }, row.year ? String(row.year) : ""),
];

const table = (heads, body) => el("table", {},
  el("thead", {}, el("tr", {}, heads.map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, body));

const nameOf = (app, row) => (row.by >= 0 ? app.net.names[row.by] : "");
