// Code, models, data and pages of papers, one click away from wherever a paper or what it introduces is named.

import { el, icon } from "./dom.js";
import { safeAddress } from "./links.js";
import { edgesOf } from "./network.js";
import { typeOf } from "./names.js";

const SAID = { hasRepository: "Code", hasModel: "Model", hasDataset: "Dataset", hasDemo: "Demo", hasPage: "Page", hasArchive: "Archive" };

const said = (app, edge) => app.head.predicates[app.net.predicate[edge]].name;

/** What a paper links to: `[{label, address, node}]`, code first. */
export function resourcesOf(app, paper) {
  const { net, text } = app;
  const found = edgesOf(net, paper).filter((edge) => net.source[edge] === paper && said(app, edge) in SAID)
    .map((edge) => ({ label: SAID[said(app, edge)], address: safeAddress(text.url[net.target[edge]]), node: net.target[edge] })).filter((one) => one.address);
  const order = Object.values(SAID);
  return found.sort((one, two) => order.indexOf(one.label) - order.indexOf(two.label) || one.node - two.node);
}

/**
 * The code that belongs to a node: a paper's own, or that of the papers which introduce it. Where many say that they do,
 * or others spoke of it in years before, none of them is taken for its origin.
 */
export function codeOf(app, node) {
  const { net } = app;
  if (typeOf(app, node).name === "Paper") return resourcesOf(app, node).filter((one) => one.label === "Code");
  const papers = edgesOf(net, node).filter((edge) => net.target[edge] === node && said(app, edge) === "introduces").map((edge) => net.source[edge]);
  const origins = papers.length > 2 ? [] : papers.filter((paper) => net.first[paper] === net.first[node]);
  return origins.flatMap((paper) => resourcesOf(app, paper).filter((one) => one.label === "Code"));
}

/** A small link to code, or null where none is known. */
export function codeLink(app, node) {
  const [code] = codeOf(app, node);
  if (!code) return null;
  return el("a", { href: code.address, target: "_blank", rel: "noopener noreferrer", className: "code", title: `Code: ${app.net.names[code.node]}`, "aria-label": `Code of ${app.net.names[node]}` }, icon("code"));
}

/** Links for the head of the panel: all that a paper has, or the code of what introduces a thing; `most` at most. */
export function resourceLinks(app, node, most = 6) {
  const found = typeOf(app, node).name === "Paper" ? resourcesOf(app, node) : codeOf(app, node);
  const once = found.filter((one, i) => found.findIndex((other) => other.address === one.address) === i).slice(0, most);
  return once.map(({ label, address, node: target }) => el("a", { href: address, target: "_blank", rel: "noopener noreferrer", className: "out", dir: "auto", title: app.net.names[target] },
    el("b", {}, label), el("span", { className: "where" }, app.net.names[target].replace(/^(github\.com|huggingface\.co)\//, "")), icon("link")));
}
