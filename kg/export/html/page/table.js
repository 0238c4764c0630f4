// What is shown, as a table: sorted by any column, only the rows in sight in the document, both tables as CSV.

import { button, byId, el, icon, plural, replace, spoken } from "./dom.js";
import { csvLine, hand } from "./files.js";
import { nodeLink, typeOf } from "./names.js";
import { folded } from "./search.js";

const HEIGHT = 34;
const COLUMNS = [
  ["Name", (app, node) => app.net.names[node]], ["Type", (app, node) => typeOf(app, node).name],
  ["Papers", (app, node) => app.net.papers[node]], ["Relations", (app, node) => app.net.degree[node]],
  ["First year", (app, node) => app.net.first[node] || ""], ["Last year", (app, node) => app.net.last[node] || ""],
  ["Confidence", (app, node) => app.net.confidence[node]],
];

/** Open a dialog with a title, buttons and content. */
export function openDialog(title, tools, content) {
  const dialog = byId("dialog");
  replace(dialog, el("header", {}, el("h2", { id: "dialog-title", "aria-live": "polite" }, title), tools, el("button", { type: "button", className: "close", "aria-label": "Close dialog", onclick: () => dialog.close() }, icon("close"))), content);
  if (!dialog.open) dialog.showModal();
  return dialog;
}

export function shownNodes(app) {
  const nodes = [];
  for (let node = 0; node < app.net.count; node++) if (app.net.nodeShown[node]) nodes.push(node);
  return nodes;
}

export function openTable(app, called = "") {
  const all = shownNodes(app);
  let nodes = all;
  const state = { column: -1, down: false, words: "" };
  const body = el("tbody", {});
  const box = el("div", { className: "scroll", tabindex: "0", role: "region", "aria-label": "Rows", onscroll: () => draw() });
  const draw = () => {
    const first = Math.max(0, Math.floor(box.scrollTop / HEIGHT) - 10);
    const last = Math.min(nodes.length, first + Math.ceil((box.clientHeight || 600) / HEIGHT) + 20);
    const gap = (rows) => el("tr", { "aria-hidden": "true", style: { height: `${rows * HEIGHT}px` } }, el("td", { colspan: "7" }));
    replace(body, first ? gap(first) : null, nodes.slice(first, last).map((node, i) => tableRow(app, node, first + i)), last < nodes.length ? gap(nodes.length - last) : null);
  };
  const refresh = async () => {
    const called = state.words ? calledSo(await app.index, state.words) : null;
    nodes = called ? all.filter((node) => called.has(node)) : [...all];
    if (state.column >= 0) sortNodes(app, nodes, state.column, state.down);
    byId("dialog-title").textContent = called ? `${spoken(nodes.length)} of ${plural(all.length, "thing")} shown` : `${plural(all.length, "thing")} shown`;
    box.firstChild.setAttribute("aria-rowcount", String(nodes.length + 1));
    box.scrollTop = 0;
    draw();
  };
  const sort = (column) => {
    state.down = state.column === column ? !state.down : column > 1;
    state.column = column;
    heads.forEach((head, i) => head.setAttribute("aria-sort", i === column ? (state.down ? "descending" : "ascending") : "none"));
    refresh();
  };
  const heads = COLUMNS.map(([name], column) => el("th", { scope: "col", "aria-sort": "none" }, el("button", { type: "button", onclick: () => sort(column) }, name)));
  box.append(el("table", { "aria-rowcount": String(nodes.length + 1), "aria-label": "Things shown" }, el("thead", {}, el("tr", {}, heads)), body));
  openDialog(`${plural(all.length, "thing")} shown`, [
    filterBox("Filter by name", (words) => { state.words = words; refresh(); }),
    button("Things as CSV", "picture", () => hand("things.csv", "text/csv;charset=utf-8", nodesCsv(app, nodes))),
    button("Relations as CSV", "picture", () => hand("relations.csv", "text/csv;charset=utf-8", edgesCsv(app)))], box);
  draw();
  if (!called) return;
  Object.assign(document.querySelector("#dialog .sieve"), { value: called });
  state.words = folded(called.trim());
  refresh();
}

/** A field in the head of a dialog that hands on what is typed, folded as names are. */
export function filterBox(label, change) {
  return el("input", { type: "search", className: "sieve", "aria-label": label, placeholder: label, autocomplete: "off", spellcheck: false, oninput: (event) => change(folded(event.target.value.trim())) });
}

/** Nodes whose name holds every one of these words, or that are also called something which begins so. */
export function calledSo(index, words) {
  const parts = words.split(/\s+/);
  const found = new Set();
  index.forms.forEach((form, i) => {
    const alias = i > 0 && index.owners[i - 1] === index.owners[i];
    if (alias ? form.startsWith(words) : parts.every((part) => form.includes(part))) found.add(index.owners[i]);
  });
  return found;
}

function sortNodes(app, nodes, column, down) {
  const value = COLUMNS[column][1];
  const keys = new Map(nodes.map((node) => [node, value(app, node)]));
  const order = new Intl.Collator("en", { numeric: true });
  nodes.sort((one, two) => {
    const [a, b] = [keys.get(one), keys.get(two)];
    const ahead = typeof a === "string" || typeof b === "string" ? order.compare(String(a), String(b)) : a - b;
    return (down ? -ahead : ahead) || one - two;
  });
}

function tableRow(app, node, place) {
  return el("tr", { "aria-rowindex": String(place + 2), style: { height: `${HEIGHT}px` } },
    el("td", {}, nodeLink(app, node)),
    COLUMNS.slice(1).map(([name, value], i) => el("td", { className: i ? "number" : "" }, i && !name.includes("year") ? spoken(value(app, node)) + (name === "Confidence" ? " %" : "") : String(value(app, node)))));
}

export function nodesCsv(app, nodes) {
  const rows = nodes.map((node) => csvLine([app.head.base + app.text.id[node], ...COLUMNS.map(([, value]) => value(app, node))]));
  return `\ufeff${csvLine(["IRI", ...COLUMNS.map(([name]) => name)])}${rows.join("")}`;
}

export function edgesCsv({ net, head, text }) {
  const lines = [csvLine(["Subject", "Predicate", "Object", "Subject name", "Object name", "Confidence", "Papers", "First year", "Last year"])];
  for (let edge = 0; edge < net.edges; edge++) {
    if (!net.edgeShown[edge]) continue;
    const [from, to] = [net.source[edge], net.target[edge]];
    lines.push(csvLine([head.base + text.id[from], head.predicates[net.predicate[edge]].name, head.base + text.id[to], net.names[from], net.names[to],
      net.edgeConfidence[edge], net.edgePapers[edge], net.edgeFirst[edge] || "", net.edgeLast[edge] || ""]));
  }
  return `\ufeff${lines.join("")}`;
}
