// The panel "Details": what is known of one node and why, or an overview while nothing is chosen.

import { aliasLine } from "./aliases.js";
import { leaderboard } from "./board.js";
import { yearBars } from "./chart.js";
import { codeLink, resourceLinks } from "./code.js";
import { button, byId, capital, el, icon, plural, replace, spoken, words } from "./dom.js";
import { abstractOf, evidenceOf, quote, withEvidence } from "./evidence.js";
import { linksOf } from "./links.js";
import { badge, nodeLink, typeOf } from "./names.js";
import { edgesOf, otherEnd } from "./network.js";
import { css, theme, tuned } from "./theme.js";

const ROWS = 12;

export function showDetails(app) {
  const panel = byId("details");
  panel.scrollTop = 0;
  panel.dataset.open = app.state.selected >= 0 ? "true" : "false";
  refill(panel, app.state.selected >= 0 ? nodeDetails(app, app.state.selected) : overview(app));
}

/** Fill a panel anew; who was in it with the keyboard stays: at the same button if there still is one, else at its start. */
export function refill(panel, ...children) {
  const inside = panel.contains(document.activeElement);
  const key = inside ? document.activeElement.dataset.key : "";
  replace(panel, ...children);
  if (inside) ((key && panel.querySelector(`[data-key="${key}"]`)) || panel).focus({ preventScroll: true });
}

function overview(app) {
  const { net, head } = app;
  const parts = head.types.map((type, number) => strongest(app, type, number)).filter(Boolean);
  const pinned = [...app.state.pinned].map((node) => el("li", {}, nodeLink(app, node)));
  return el("div", { className: "overview" },
    el("h2", {}, "Overview"),
    el("p", { className: "lead" }, `${plural(net.count, "thing")} and ${plural(net.edges, "relation")}, each with the sentence that says so.`),
    el("p", { className: "quiet start" }, "Type a name or click a node to see what is known of it and why."),
    left(app),
    pinned.length ? [el("h3", {}, "Pinned"), el("ul", { className: "plain" }, pinned)] : null, parts);
}

function left({ head, net }) {
  if (head.allNodes === net.count) return null;
  return el("p", { className: "note" }, `This page holds ${spoken(net.count)} of the graph's ${spoken(head.allNodes)} things.`);
}

function strongest(app, type, number) {
  const { net } = app;
  const rows = [];
  for (let node = 0; node < net.count && rows.length < 6; node++) if (net.type[node] === number && net.nodeShown[node]) rows.push(node);
  if (!rows.length || type.name === "Paper" || type.name === "Result") return null;
  rows.sort((one, two) => net.papers[two] - net.papers[one] || one - two);
  const most = Math.max(1, net.papers[rows[0]]);
  return [el("h3", {}, badge(type), type.name), el("ul", { className: "ranked" }, rows.map((node) => el("li", {},
    nodeLink(app, node, { marked: false }),
    el("span", { className: "bar", style: { "--share": net.papers[node] / most, "--colour": css(tuned(type.colour, theme.dark)) } }),
    el("span", { className: "number", title: "papers" }, spoken(net.papers[node])))))];
}

function nodeDetails(app, node) {
  const { net } = app;
  const type = typeOf(app, node);
  const board = leaderboard(app, node);
  return el("article", {},
    el("div", { className: "kind" }, badge(type), el("span", { title: type.about }, type.name),
      el("button", { type: "button", className: "close", "aria-label": "Close details", onclick: () => app.select(-1) }, icon("close"))),
    el("h2", { dir: "auto" }, net.names[node]),
    aliasLine(app, node),
    el("p", { className: "about" }, type.about),
    linkRow(app, node), statedBy(app, node), facts(app, node), actions(app, node), years(app, node), abstractPart(app, node),
    board ? [el("h3", {}, "Leaderboard"), board] : null,
    groups(app, node).map((group) => relation(app, node, group)), app.beyond?.(node));
}

function linkRow(app, node) {
  const found = linksOf(app.text, node).concat(resourceLinks(app, node), app.records?.(node) || []);
  return found.length ? el("p", { className: "links" }, found) : null;
}

/** The paper that states a figure. */
function statedBy(app, node) {
  if (type(app, node) !== "Result") return null;
  const place = el("p", { className: "stated" });
  withEvidence(place, (table) => {
    const [paper] = edgesOf(app.net, node).flatMap((edge) => evidenceOf(table, app.net, edge)).map((row) => row.paper).filter((one) => one >= 0);
    if (paper !== undefined) replace(place, el("span", { className: "quiet" }, "Stated by "), nodeLink(app, paper), codeLink(app, paper));
  });
  return place;
}

function facts(app, node) {
  const { net, text } = app;
  const span = net.first[node] ? (net.first[node] === net.last[node] ? `${net.first[node]}` : `${net.first[node]}–${net.last[node]}`) : "";
  const rows = [
    type(app, node) === "Paper" ? null : ["Papers", spoken(net.papers[node])], ["Relations", spoken(net.degree[node])],
    [text.date[node] ? "Date" : "Years", text.date[node] || span], text.value[node] ? ["Value", text.value[node]] : null,
    type(app, node) === "Paper" ? null : ["Confidence", el("span", { className: "meter" }, el("i", { style: { "--share": net.confidence[node] / 100 } }), `${net.confidence[node]} %`)],
  ];
  return el("dl", { className: "facts" }, rows.filter((row) => row && row[1]).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

const type = (app, node) => typeOf(app, node).name;

function actions(app, node) {
  const around = app.state.filters.around === node;
  return el("div", { className: "actions", role: "group", "aria-label": "Actions" },
    button(around ? "Leave focus" : "Focus", "focus", () => app.focusOn(around ? -1 : node), { "data-key": "focus", "aria-pressed": String(around), title: "Show only what is around it" }),
    around ? el("label", { className: "hops" }, "Steps ", el("select", { "data-key": "hops", value: String(app.state.filters.hops), onchange: (event) => app.focusOn(node, Number(event.target.value)) }, [1, 2, 3].map((hops) => el("option", { value: String(hops), selected: app.state.filters.hops === hops }, String(hops))))) : null,
    button("Expand", "expand", () => app.expand(node), { "data-key": "expand", title: "Also show its neighbours that filters hide" }),
    button("Hide", "hide", () => app.hide(node), { title: "Take it out of the picture" }),
    button("Hide neighbours", "hide", () => app.hideNeighbours(node), { "data-key": "alone", title: "Take out neighbours that hang on nothing else" }),
    button(app.state.pinned.has(node) ? "Unpin" : "Pin", "pin", () => app.pin(node), { "data-key": "pin", "aria-pressed": String(app.state.pinned.has(node)), title: "Always name it in the picture" }),
    button("Compare", "compare", () => app.startPair("compare"), { title: "Compare with another" }));
}

/** Papers by year, stacked by what they do with the node. */
function years(app, node) {
  const rows = new Map();
  let [from, to] = [9999, 0];
  for (const edge of edgesOf(app.net, node)) {
    const other = otherEnd(app.net, edge, node);
    const year = app.net.first[other];
    if (type(app, other) !== "Paper" || !year) continue;
    const name = app.head.predicates[app.net.predicate[edge]].name;
    if (!rows.has(name)) rows.set(name, new Map());
    rows.get(name).set(year, (rows.get(name).get(year) || 0) + 1);
    [from, to] = [Math.min(from, year), Math.max(to, year)];
  }
  if (!rows.size || from === to || type(app, node) === "Paper") return null;
  const parts = [...rows].map(([name, counts], i) => ({ name, counts, colour: `var(--series-${i % 6})` }));
  return [el("h3", {}, "Papers by year"), yearBars(parts, { from, to, label: `Papers by year, ${from} to ${to}` }),
    el("p", { className: "series" }, parts.map((part) => el("span", {}, el("i", { style: { "--colour": part.colour } }), words(part.name))))];
}

function abstractPart(app, node) {
  if (type(app, node) !== "Paper") return null;
  const place = el("p", { className: "abstract", dir: "auto" });
  withEvidence(place, (table) => { place.textContent = abstractOf(table, app.net, node); });
  return el("details", { className: "fold" }, el("summary", {}, "Abstract"), place);
}

/** Edges of a node by predicate and direction, as the ontology orders them, but who introduced it before all else. */
function groups(app, node) {
  const { net } = app;
  const found = new Map();
  for (const edge of edgesOf(net, node)) {
    const out = net.source[edge] === node;
    const predicate = app.head.predicates[net.predicate[edge]];
    const origin = !out && predicate.name === "introduces";
    const key = `${origin ? 0 : out ? 1 : 2}${String(net.predicate[edge]).padStart(3, "0")}`;
    if (!found.has(key)) found.set(key, { predicate, out, origin, edges: [] });
    found.get(key).edges.push(edge);
  }
  for (const group of found.values()) sortGroup(net, node, group);
  return [...found].sort((one, two) => (one[0] < two[0] ? -1 : 1)).map(([, group]) => group);
}

/** Papers newest first, those that introduce a thing oldest first, what a node itself points at by rank. */
function sortGroup(net, node, { out, origin, edges }) {
  const rank = (one, two) => otherEnd(net, one, node) - otherEnd(net, two, node);
  if (out) edges.sort(rank);
  else if (origin) edges.sort((one, two) => net.edgeFirst[one] - net.edgeFirst[two] || net.edgeConfidence[two] - net.edgeConfidence[one] || rank(one, two));
  else edges.sort((one, two) => net.edgeLast[two] - net.edgeLast[one] || rank(one, two));
}

/** What a predicate is called seen from its object. */
export function inverseWords(name) {
  if (name.startsWith("has")) return `${words(name.slice(3))} of`;
  if (["metric", "broader"].includes(name)) return name === "broader" ? "narrower" : "metric of";
  if (name === "publishedIn") return "papers";
  return `${words(name)} this`;
}

function relation(app, node, { predicate, out, edges }) {
  const list = el("ul", { className: "relations" });
  const more = (from, count) => {
    list.append(...edges.slice(from, from + count).map((edge, i) => relationRow(app, node, edge, from + i < 3)));
    const rest = edges.length - from - count;
    if (rest > 0) list.append(el("li", {}, el("button", { type: "button", className: "more", onclick: (event) => { event.target.closest("li").remove(); more(from + count, 100); } }, `Show ${Math.min(100, rest)} more of ${spoken(edges.length)}`)));
  };
  more(0, ROWS);
  return el("section", { className: "group" },
    el("h3", { title: predicate.about }, capital(out ? words(predicate.name) : inverseWords(predicate.name)), el("span", { className: "tally" }, spoken(edges.length))), list);
}

const codeMark = (app, node) => (type(app, node) === "Paper" ? codeLink(app, node) : null);

function relationRow(app, node, edge, open) {
  const { net } = app;
  const other = otherEnd(net, edge, node);
  const proof = el("div", { className: "proof", hidden: !open });
  const toggle = el("button", { type: "button", className: "why", "aria-expanded": String(open), "aria-label": "Evidence", title: "The sentences that say so", onclick: () => {
    proof.hidden = !proof.hidden;
    toggle.setAttribute("aria-expanded", String(!proof.hidden));
    fillProof(app, proof, edge, other);
  } }, icon("quote"));
  if (open) fillProof(app, proof, edge, other);
  const year = net.edgeFirst[edge] ? (net.edgeFirst[edge] === net.edgeLast[edge] ? `${net.edgeLast[edge]}` : `${net.edgeFirst[edge]}–${net.edgeLast[edge]}`) : "";
  return el("li", { className: net.nodeShown[other] ? "" : "absent" }, el("div", { className: "row" }, nodeLink(app, other), codeMark(app, other),
    el("span", { className: "year" }, year), el("span", { className: "sure", title: "confidence" }, `${net.edgeConfidence[edge]} %`), toggle), proof);
}

/** The sentences of an edge, three at first. */
export function fillProof(app, place, edge, besides) {
  if (place.dataset.full) return undefined;
  return withEvidence(place, (table) => {
    place.dataset.full = "true";
    const rows = evidenceOf(table, app.net, edge);
    const show = (count) => replace(place, rows.slice(0, count).map((row) => proofRow(app, row, besides)),
      rows.length > count ? el("button", { type: "button", className: "more", onclick: () => show(count + 50) }, plural(rows.length - count, "more sentence")) : null);
    show(2);
  });
}

function proofRow(app, row, besides) {
  const whole = row.paper >= 0 && (row.before + row.mark + row.after).trim() === row.title.trim();
  const from = whole ? nodeLink(app, row.paper, { className: "cite", label: "The title of the paper" })
    : row.paper >= 0 && row.paper !== besides && row.paper !== app.state.selected
    ? nodeLink(app, row.paper, { className: "cite" })
    : row.paper < 0 && row.title ? el("span", { className: "cite", dir: "auto" }, row.title) : null;
  return el("div", { className: "said" }, quote(row), el("p", { className: "whence" }, from, el("span", {}, `found by ${row.extractor.replaceAll("+", ", ")} · ${row.score} %`)));
}
