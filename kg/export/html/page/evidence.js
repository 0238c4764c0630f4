// The sentences behind an edge, unpacked the first time that somebody asks.

import { unpack } from "./data.js";
import { el, replace } from "./dom.js";

const NOWHERE = 0xffffffff;
let unpacking = null;

/** Hand the evidence table, loaded once, to `show`; where it cannot be had, `place` says so and the next call tries again. */
export async function withEvidence(place, show) {
  unpacking ||= unpack("evidence");
  try {
    show(await unpacking);
  } catch (error) {
    unpacking = null;
    replace(place, el("p", { className: "quiet" }, `The sentences could not be had: ${error.message}`));
  }
}

/** The evidence of an edge: `[{paper, title, before, mark, after, extractor, score}]`; `paper` is a node or -1. */
export function evidenceOf({ header, columns }, net, edge) {
  const rows = [];
  for (let i = columns.offset[edge]; i < columns.offset[edge + 1]; i++) {
    const paper = columns.paper[i];
    const known = paper < net.count;
    const away = paper - net.count;
    const title = known ? net.names[paper] : paper === NOWHERE ? "" : columns.outsideName[away];
    const text = known ? columns.text[paper] : paper === NOWHERE ? "" : columns.outsideText[away];
    rows.push({ paper: known ? paper : -1, title, ...sentence(columns, i, text), extractor: header.extractors[columns.extractor[i]], score: columns.score[i] });
  }
  return rows;
}

function sentence(columns, i, text) {
  if (columns.start[i] === NOWHERE) return { before: columns.loose[columns.length[i]] || "", mark: "", after: "" };
  const whole = text.substr(columns.start[i], columns.length[i]);
  const [from, to] = [columns.mark[i], columns.mark[i] + columns.marked[i]];
  return { before: whole.slice(0, from), mark: whole.slice(from, to), after: whole.slice(to) };
}

/** The text of a paper after its title. */
export function abstractOf({ columns }, net, node) {
  const text = columns.text[node] || "";
  const title = net.names[node].trim().split(/\s+/).join(" ");
  return text.startsWith(title) ? text.slice(title.length).trim() : text;
}

/** A sentence as an element, the words that say it marked. */
export function quote(row) {
  if (!row.before && !row.mark && !row.after) return el("p", { className: "quote listing" }, "Stated by the listing itself.");
  const [, list, line] = (row.extractor === "hierarchy" && /^lexicon (\S+):(\d+)$/.exec(row.before)) || [];
  if (list) return el("p", { className: "quote listing" }, `Stated by the word list ${list}, line ${line}.`);
  return el("p", { className: "quote", dir: "auto" }, row.before, row.mark ? el("mark", {}, row.mark) : null, row.after);
}
