// All leaderboards of what is shown: for each benchmark and metric the best figure, whose it is, and how many compete.

import { resultsOn, whose } from "./board.js";
import { button, byId, el, plural, replace, spoken } from "./dom.js";
import { csvLine, hand } from "./files.js";
import { nodeLink } from "./names.js";
import { calledSo, filterBox, openDialog } from "./table.js";

const MOST_BOARDS = 200;

/** One row a board, `{node, title, low, rows, systems}`, those with most systems first. */
export function allBoards(app) {
  const { net, head } = app;
  const measured = head.predicates.findIndex((predicate) => predicate.name === "onBenchmark");
  const targets = new Set();
  for (let edge = 0; edge < net.edges; edge++) if (net.predicate[edge] === measured && net.nodeShown[net.target[edge]]) targets.add(net.target[edge]);
  const boards = [...targets].flatMap((node) => resultsOn(app, node).boards.map((board) => ({ node, ...board, systems: new Set(board.rows.map((row) => row.by)).size })));
  return boards.sort((one, two) => two.systems - one.systems || two.rows.length - one.rows.length || one.node - two.node);
}

export function openLeaders(app) {
  const all = allBoards(app);
  if (!all.length) return openDialog("Leaderboards", [], el("p", { className: "note" }, "Nothing that is shown has figures."));
  let boards = all;
  const body = el("tbody", {});
  const rest = el("p", { className: "quiet" });
  const draw = () => {
    byId("dialog-title").textContent = boards.length < all.length ? `${spoken(boards.length)} of ${plural(all.length, "leaderboard")}` : plural(all.length, "leaderboard");
    replace(body, boards.slice(0, MOST_BOARDS).map((board) => leaderRow(app, board)));
    rest.textContent = `${boards.length > MOST_BOARDS ? `The first ${MOST_BOARDS} of ${spoken(boards.length)} are listed: type a name to see others. ` : ""}All figures are as the abstracts state them.`;
  };
  const narrow = async (words) => {
    const called = words ? calledSo(await app.index, words) : null;
    boards = called ? all.filter((board) => called.has(board.node)) : all;
    draw();
  };
  const heads = ["On", "Measured by", "Best", "By", "Year", "Systems"].map((name) => el("th", { scope: "col" }, name));
  openDialog("Leaderboards", [filterBox("Filter by benchmark", narrow), button("As CSV", "picture", () => hand("leaderboards.csv", "text/csv;charset=utf-8", boardsCsv(app, boards)))],
    el("div", { className: "scroll", tabindex: "0", role: "region", "aria-label": "Rows" },
      el("table", { className: "leaders", "aria-label": "Leaderboards" }, el("thead", {}, el("tr", {}, heads)), body), rest));
  return draw();
}

function leaderRow(app, { node, title, rows, systems }) {
  const [best] = rows;
  return el("tr", {}, el("td", {}, nodeLink(app, node)), el("td", { dir: "auto" }, title === "score" ? "not named" : title),
    el("td", {}, nodeLink(app, best.result, { label: best.value, marked: false })),
    el("td", {}, whose(app, best)),
    el("td", { className: "number" }, best.year ? String(best.year) : ""), el("td", { className: "number" }, spoken(systems)));
}

/** Every figure of these boards, best first. */
export function boardsCsv(app, boards) {
  const lines = boards.flatMap(({ node, title, rows }) => rows.map((row, place) => csvLine([
    app.head.base + app.text.id[node], app.net.names[node], title, place + 1, row.value, row.by >= 0 ? app.net.names[row.by] : "", row.year || "", app.head.base + app.text.id[row.result]])));
  return `\ufeff${csvLine(["IRI", "On", "Measured by", "Place", "Value", "By", "Year", "Result"])}${lines.join("")}`;
}
