// Two nodes at once: the shortest path between them, or what they share.

import { button, byId, capital, el, icon, plural, replace, spoken, words } from "./dom.js";
import { edgesOf, joining, otherEnd, shortestPath } from "./network.js";
import { nodeLink } from "./names.js";
import { fillProof, inverseWords, refill } from "./panel.js";

/** Masks that light a node and what it touches among what is shown. */
export function litAround(net, node) {
  const lit = { nodes: new Uint8Array(net.count), edges: new Uint8Array(net.edges), first: [node] };
  lit.nodes[node] = 1;
  for (const edge of edgesOf(net, node, net.edgeShown)) lightEdge(net, lit, edge);
  const near = edgesOf(net, node, net.edgeShown).map((edge) => otherEnd(net, edge, node)).sort((one, two) => one - two);
  lit.first.push(...new Set(near.slice(0, 80)));
  return lit;
}

function lightEdge(net, lit, edge) {
  lit.edges[edge] = 1;
  lit.nodes[net.source[edge]] = lit.nodes[net.target[edge]] = 1;
}

/** The path between the two chosen nodes: masks to light, or null if none runs through what is shown. */
export function litPath(net, edges, start) {
  const lit = { nodes: new Uint8Array(net.count), edges: new Uint8Array(net.edges), first: [start] };
  let node = start;
  lit.nodes[start] = 1;
  for (const edge of edges) {
    lightEdge(net, lit, edge);
    node = otherEnd(net, edge, node);
    lit.first.push(node);
  }
  return lit;
}

export const findPath = (app) => shortestPath(app.net, app.state.selected, app.state.other, app.net.edgeShown);

export function showPath(app, edges) {
  const { state, net } = app;
  const head = pairHead(app, "Path");
  if (!edges) return refill(byId("details"), head, el("p", { className: "note" }, "No path joins the two through what is shown. Filters may hide a link between them."));
  let node = state.selected;
  const steps = edges.map((edge) => {
    const out = net.source[edge] === node;
    node = otherEnd(net, edge, node);
    const proof = el("div", { className: "proof" });
    fillProof(app, proof, edge, -1);
    const name = app.head.predicates[net.predicate[edge]].name;
    return [el("li", { className: "step" }, el("span", { className: "via" }, out ? `${words(name)} ↓` : `↑ ${words(name)}`), proof), el("li", {}, nodeLink(app, node))];
  });
  return refill(byId("details"), head, el("p", { className: "lead" }, plural(edges.length, "step")), el("ol", { className: "chain" }, el("li", {}, nodeLink(app, state.selected)), steps), edges.length === 2 ? otherWays(app, edges) : null);
}

/** What else joins the two in as few steps. */
function otherWays(app, edges) {
  const { state, net } = app;
  const taken = otherEnd(net, edges[0], state.selected);
  const others = joining(net, state.selected, state.other, net.edgeShown).filter((node) => node !== taken);
  if (!others.length) return null;
  const list = el("ul", { className: "plain" });
  const show = (count) => replace(list, others.slice(0, count).map((node) => el("li", {}, nodeLink(app, node))),
    others.length > count ? el("li", {}, el("button", { type: "button", className: "more", onclick: () => show(count + 100) }, `Show more of ${spoken(others.length)}`)) : null);
  show(10);
  return el("section", { className: "group" }, el("h3", {}, "Also between them", el("span", { className: "tally" }, spoken(others.length))), list);
}

function pairHead(app, title) {
  return el("div", { className: "kind" }, icon(title === "Path" ? "path" : "compare"), el("h2", { className: "pair-title" }, title),
    el("button", { type: "button", className: "close", "aria-label": "Close", onclick: () => app.endPair() }, icon("close")));
}

/** What two nodes share and what only one of them has, by relation. */
export function compareNodes(net, one, two) {
  const [ofOne, ofTwo] = [neighboursBy(net, one), neighboursBy(net, two)];
  const shared = new Map();
  const only = [new Map(), new Map()];
  for (const [key, node] of ofOne) (ofTwo.has(key) ? push(shared, key, node) : push(only[0], key, node));
  for (const [key, node] of ofTwo) if (!ofOne.has(key)) push(only[1], key, node);
  return { shared, only };
}

function push(lists, key, node) {
  const relation = key.slice(0, key.lastIndexOf(" "));
  if (!lists.has(relation)) lists.set(relation, []);
  lists.get(relation).push(node);
}

function neighboursBy(net, node) {
  const found = new Map();
  for (const edge of edgesOf(net, node)) {
    const other = otherEnd(net, edge, node);
    found.set(`${net.predicate[edge]} ${net.source[edge] === node ? "out" : "in"} ${other}`, other);
  }
  return found;
}

export function showComparison(app) {
  const { state, net } = app;
  const { shared, only } = compareNodes(net, state.selected, state.other);
  const facts = [["Papers", net.papers], ["Relations", net.degree], ["First year", net.first], ["Last year", net.last]];
  const table = el("table", { className: "versus" },
    el("thead", {}, el("tr", {}, el("td", {}), [state.selected, state.other].map((node) => el("th", { scope: "col" }, nodeLink(app, node))))),
    el("tbody", {}, facts.map(([name, column]) => el("tr", {}, el("th", { scope: "row" }, name), [state.selected, state.other].map((node) => el("td", {}, column[node] ? (name.includes("year") ? String(column[node]) : spoken(column[node])) : "–"))))));
  refill(byId("details"), pairHead(app, "Compare"), table,
    compared(app, "Both", shared), compared(app, `Only ${net.names[state.selected]}`, only[0]), compared(app, `Only ${net.names[state.other]}`, only[1]));
}

function compared(app, title, lists) {
  const sum = [...lists.values()].reduce((count, list) => count + list.length, 0);
  const parts = [...lists].map(([relation, nodes]) => {
    const [number, direction] = relation.split(" ");
    const name = app.head.predicates[Number(number)].name;
    const sorted = [...nodes].sort((one, two) => one - two);
    return [el("h4", {}, capital(direction === "out" ? words(name) : inverseWords(name)), el("span", { className: "tally" }, spoken(nodes.length))),
      el("ul", { className: "plain" }, sorted.slice(0, 8).map((node) => el("li", {}, nodeLink(app, node))), sorted.length > 8 ? el("li", { className: "quiet" }, `and ${spoken(sorted.length - 8)} more`) : null)];
  });
  return el("section", { className: "group" }, el("h3", { dir: "auto" }, title, el("span", { className: "tally" }, spoken(sum))), parts);
}

/** The note over the stage that asks for the second node. */
export function askForOther(app) {
  const hint = byId("hint");
  hint.hidden = !app.state.mode || app.state.other >= 0;
  if (hint.hidden) return;
  const verb = app.state.mode === "path" ? "Path from" : "Compare";
  const name = app.state.selected >= 0 ? app.net.names[app.state.selected] : "";
  replace(hint, name ? [`${verb} `, el("b", { dir: "auto" }, name), app.state.mode === "path" ? " to …" : " with …", " Click or search for the other."] : `${verb}: click or search for the first.`,
    button("Cancel", "close", () => app.endPair(), { className: "cancel" }));
}
