// What the keys do, and how to read what the page shows.

import { el } from "./dom.js";
import { openDialog } from "./table.js";

const KEYS = [
  ["/", "search"], ["D", "details"], ["Esc", "clear the selection"], ["← → ↑ ↓", "move (picture focused)"], ["+ −", "zoom"], ["0", "show all"],
  ["N, Shift+N", "next and previous thing in sight"], ["Enter", "open it"], ["T", "table"], ["L", "leaderboards"], ["P", "path"], ["?", "this help"],
];

const READING = [
  ["A thing", "is what papers name: a method, a task, a dataset … It is drawn the larger the more papers speak of it. What stands close together is named by the same papers."],
  ["A relation", "was read in a title or an abstract, or stands in the listing. The sentences that say it open with a click on its line in the picture, or with the mark at the end of its row; the words that say it are marked."],
  ["The figure after a sentence", "is the score that the extractors gave it, half of it where another sentence tells better what the paper does with the thing. They are named before it: lexicon (a known name), cue (a phrase such as “we propose”), model (a trained reader), name and title (the shape of a name), acronym (a long and a short form side by side), results and links (the pattern of a figure or an address)."],
  ["Confidence", "is the best of those scores, raised by every further paper and every further extractor that says the same. Take it as an order, not as a probability. To draw conclusions, leave out what is below 70 %, and read some of the rest."],
  ["Figures of leaderboards", "are what abstracts state, by the authors themselves. Settings may differ, and most of what papers report stands in their tables, which were not read."],
  ["Filters", "leave out what they do not match; nothing is deleted. A year shows what papers of that year speak of."],
];

export function openHelp() {
  return openDialog("Help", [], el("div", { className: "help", tabindex: "0", role: "region", "aria-label": "Help" },
    el("h3", {}, "Keys"), el("dl", { className: "keys" }, KEYS.map(([key, what]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)))),
    el("h3", {}, "How to read it"), el("dl", { className: "reading" }, READING.map(([name, what]) => el("div", {}, el("dt", {}, name), el("dd", {}, what))))));
}
