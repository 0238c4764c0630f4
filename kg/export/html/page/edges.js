// A line under the pointer, and the sentences behind it.

import { toScreenX, toScreenY } from "./camera.js";
import { el, plural, spoken, words } from "./dom.js";
import { nodeLink } from "./names.js";
import { edgesOf, otherEnd } from "./network.js";
import { fillProof } from "./panel.js";
import { openDialog } from "./table.js";

const MOST_EDGES = 400; // lines among which one is looked for: of more, none can be told from the next

/** Steps in pixels from a point to the line between two others. */
export function distanceToLine(px, py, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

/** The edge under a point of the stage among those that stand out, or -1: those lit, else those shown if they are few. */
export function edgeAt(view, px, py, reach = 4) {
  const { net, camera } = view;
  if (!view.light && net.edgesShown > MOST_EDGES) return -1;
  const mask = view.light ? view.light.edges : net.edgeShown;
  const at = (node) => [toScreenX(camera, net.x[node]), toScreenY(camera, net.y[node])];
  let best = -1;
  let least = reach;
  let seen = 0;
  for (let edge = mask.indexOf(1); edge >= 0; edge = mask.indexOf(1, edge + 1)) {
    if (!net.edgeShown[edge]) continue;
    if (++seen > MOST_EDGES) return -1;
    const away = distanceToLine(px, py, at(net.source[edge]), at(net.target[edge]));
    if (away < least) [best, least] = [edge, away];
  }
  return best;
}

/** A relation in words: subject, predicate, object. */
export function told(app, edge, shorten = (name) => name) {
  const { net, head } = app;
  return `${shorten(net.names[net.source[edge]])} ${words(head.predicates[net.predicate[edge]].name)} ${shorten(net.names[net.target[edge]])}`;
}

/** Show all that is said between the two ends of an edge. */
export function openEdge(app, edge) {
  const { net, head } = app;
  const [one, two] = [net.source[edge], net.target[edge]]; // a paper is always the first
  const between = edgesOf(net, one).filter((other) => otherEnd(net, other, one) === two);
  const parts = between.map((each) => {
    const proof = el("div", { className: "proof" });
    fillProof(app, proof, each, one);
    const predicate = head.predicates[net.predicate[each]];
    const papers = net.edgePapers[each] ? ` · ${plural(net.edgePapers[each], "paper")}` : "";
    return el("section", {}, el("p", { className: "claim" }, nodeLink(app, net.source[each]), el("span", { className: "via", title: predicate.about }, words(predicate.name)), nodeLink(app, net.target[each])),
      el("p", { className: "quiet" }, `Confidence ${spoken(net.edgeConfidence[each])} %${papers}`), proof);
  });
  return openDialog(plural(between.length, "relation"), [], el("div", { className: "claims", tabindex: "0", role: "region", "aria-label": "Relations" }, parts));
}
