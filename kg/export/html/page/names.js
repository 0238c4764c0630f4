// A node's name, with the mark of its type, as a link to the view of that node.

import { byId, el, svg } from "./dom.js";
import { listOf } from "./links.js";
import { edgesOf } from "./network.js";
import { outline } from "./shapes.js";
import { css, theme, tuned } from "./theme.js";

export const typeOf = (app, node) => app.head.types[app.net.type[node]];

/** The mark of a type: its shape in its colour. */
export function badge(type, size = 14) {
  const path = svg("path", { d: outline(type.shape, 10, 10, 6.4), fill: css(tuned(type.colour, theme.dark)) });
  return svg("svg", { viewBox: "0 0 20 20", width: size, height: size, class: "badge", "aria-hidden": "true" }, path);
}

/** What tells a thing from others of its name: its long form, else the paper that introduces it, else one that has it. */
export function toldBy(app, node) {
  const { net, head, text } = app;
  const name = net.names[node].toLowerCase();
  const long = listOf(text.aliases[node]).find((alias) => alias.includes(" ") && !alias.toLowerCase().includes(name));
  if (long) return long;
  const said = edgesOf(net, node).filter((edge) => net.target[edge] === node && typeOf(app, net.source[edge]).name === "Paper");
  const first = said.find((edge) => head.predicates[net.predicate[edge]].name === "introduces") ?? said[0];
  return first === undefined ? "" : net.names[net.source[first]];
}

/** A link that opens a node here; its address opens the same in another tab. */
export function nodeLink(app, node, { label = app.net.names[node], className = "name", marked = className === "name" } = {}) {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const dialog = byId("dialog");
    const above = dialog.open;
    if (above) dialog.close();
    app.select(node, { fly: above });
  };
  const address = `#${new URLSearchParams({ n: app.text.id[node] })}`;
  return el("a", { href: address, className, dir: "auto", onclick: open }, marked ? badge(typeOf(app, node), 13) : null, el("span", {}, label));
}
