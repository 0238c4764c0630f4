// The page as `kg serve` shows it: its tables come from the server, the search reaches into sentences, the panel into what
// the picture leaves out, and a graph that has been built anew is noticed.

import { app } from "./actions.js";
import { source } from "./data.js";
import { announce, byId, capital, el, icon, replace, spoken, words } from "./dom.js";
import { inverseWords } from "./panel.js";

const CALM = 15000; // milliseconds between two looks at the server
const RARELY = 240000; // while it does not answer
const TYPING = 180; // milliseconds without a key after which the server is asked
const MOST_ROWS = 6;
const TRIES = 4;
const live = { version: "", declined: "", wait: CALM, timer: 0, typing: null };

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A JSON answer of the server. Rejects with its words where it refuses. */
async function ask(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(await refusal(answer));
  return answer.json();
}

async function refusal(answer) {
  try {
    return (await answer.json()).error.message;
  } catch {
    return `the server answers ${answer.status}`;
  }
}

/** Where the server has a node's own page. */
const pageOf = (id) => `./${id.split("/").map(encodeURIComponent).join("/")}`;

const query = (fields) => new URLSearchParams(fields).toString();

async function newest() {
  const { version, offline } = await ask("api/version");
  live.version = version;
  showPlaces(offline);
}

source.open = async (name) => {
  if (!live.version) await newest();
  let answer = await fetch(`explorer/${live.version}/${name}`);
  for (let tries = 0; !answer.ok && name === "graph" && tries < TRIES; tries++) {
    await pause(1000); // it was built anew in this very moment
    await newest();
    answer = await fetch(`explorer/${live.version}/${name}`);
  }
  if (!answer.ok) throw new Error(await refusal(answer));
  return answer.body;
};

/** What else the server has, under the title. */
function showPlaces(offline) {
  if (byId("places")) return;
  byId("masthead").append(el("p", { id: "places" }, el("a", { href: "editor" }, "SPARQL editor"),
    offline ? el("a", { href: offline, download: offline, title: "The explorer of this build as one file that needs no server" }, "Offline file") : null));
}

/** Ask whether there is a newer graph, now and again and again; a page that nobody sees does not ask. */
async function look() {
  clearTimeout(live.timer);
  if (!document.hidden && live.version) {
    try {
      const { version } = await ask("api/version");
      live.wait = CALM;
      if (version === live.version || version === live.declined || !version) byId("notice")?.remove();
      else if (byId("notice")?.dataset.version !== version) offer(version);
    } catch {
      live.wait = Math.min(RARELY, 2 * live.wait);
    }
  }
  live.timer = setTimeout(look, live.wait);
}

function offer(version) {
  const text = "The graph has been built anew.";
  const decline = () => {
    live.declined = version;
    byId("notice").remove();
  };
  byId("notice")?.remove();
  byId("stage").append(el("section", { id: "notice", "aria-label": "New graph", "data-version": version }, el("span", {}, text),
    el("button", { type: "button", className: "show", onclick: () => location.reload() }, "Show it"),
    el("button", { type: "button", className: "close", "aria-label": "Not now", title: "Not now", onclick: decline }, icon("close"))));
  announce(text);
}

live.timer = setTimeout(look, CALM);
document.addEventListener("visibilitychange", () => document.hidden || look());

app.openRecord = (id) => open(pageOf(id), "_blank", "noopener,noreferrer");

/** Where the server tells all about a node. */
app.records = (node) => [el("a", { href: pageOf(app.text.id[node]), target: "_blank", rel: "noopener noreferrer", className: "out", title: "All that the graph says of it, also as Turtle and JSON-LD" }, "Data", icon("link"))];

/** Rows for the list of suggestions besides those in `found`; none while typing goes on or the server does not answer. */
app.further = async (text, found) => {
  live.typing?.abort();
  const wanted = text.trim().slice(0, 200);
  if (wanted.length < 3) return [];
  const typing = new AbortController();
  live.typing = typing;
  try {
    await pause(TYPING);
    if (typing.signal.aborted) return [];
    const { names, texts } = await ask(`api/search?${query({ q: wanted, limit: "20" })}`, { signal: typing.signal });
    return furtherRows(wanted, names, texts, new Set(found.map((row) => row.node)));
  } catch {
    return [];
  }
};

function furtherRows(wanted, names, texts, known) {
  const row = (hit) => ({ node: app.node.get(hit.id) ?? -1, id: hit.id, name: hit.name, type: hit.type });
  const away = names.map(row).filter((one) => one.node < 0).slice(0, MOST_ROWS);
  const seen = new Set();
  const said = [];
  for (const hit of texts) {
    const one = { ...row(hit), said: beginAt(hit.matched, wanted) };
    if (known.has(one.node) && one.node >= 0) continue;
    if (!seen.has(one.id)) said.push(one);
    seen.add(one.id);
  }
  return [...away, ...said.slice(0, MOST_ROWS)];
}

/** A sentence from a little before the first of the words that were looked for. */
function beginAt(sentence, wanted) {
  const places = wanted.toLowerCase().split(/\s+/).map((word) => sentence.toLowerCase().indexOf(word)).filter((at) => at >= 0);
  const at = places.length ? Math.min(...places) : 0;
  return at < 24 ? sentence : `…${sentence.slice(sentence.indexOf(" ", at - 20))}`;
}

/** The relations of a node with things that the picture leaves out, once the server has told them. */
app.beyond = (node) => {
  if (app.head.allNodes === app.net.count) return null;
  const place = el("section", { className: "beyond" });
  fillBeyond(place, app.text.id[node]);
  return place;
};

async function fillBeyond(place, id) {
  try {
    const record = await ask(`api/node?${query({ id })}`);
    const ways = [[true, record.out], [false, record.in]].map(([out, edges]) => [out, edges.filter((edge) => !app.node.has(edge.id))]);
    const sum = ways.reduce((total, [, edges]) => total + edges.length, 0);
    if (sum) replace(place, el("h3", {}, "Not in the picture", el("span", { className: "tally" }, spoken(sum))), ways.map(([out, edges]) => awayGroups(id, out, edges)));
  } catch (error) {
    replace(place, el("p", { className: "quiet" }, `The rest could not be had: ${error.message}`));
  }
}

function awayGroups(id, out, edges) {
  const groups = new Map();
  for (const edge of edges) groups.set(edge.predicate, [...(groups.get(edge.predicate) || []), edge]);
  return [...groups].map(([predicate, list]) => [el("h4", {}, capital(out ? words(predicate) : inverseWords(predicate)), el("span", { className: "tally" }, spoken(list.length))),
    awayRows(id, out, list)]);
}

function awayRows(id, out, edges) {
  const list = el("ul", { className: "relations" });
  const more = (start) => {
    list.append(...edges.slice(start, start + 12).map((edge) => awayRow(id, out, edge)));
    const rest = edges.length - start - 12;
    if (rest > 0) list.append(el("li", {}, el("button", { type: "button", className: "more", onclick: (event) => { event.target.closest("li").remove(); more(start + 12); } }, `Show more of ${spoken(edges.length)}`)));
  };
  more(0);
  return list;
}

function awayRow(id, out, edge) {
  const proof = el("div", { className: "proof", hidden: true });
  const toggle = el("button", { type: "button", className: "why", "aria-expanded": "false", "aria-label": "Evidence", title: "The sentences that say so", onclick: () => {
    proof.hidden = !proof.hidden;
    toggle.setAttribute("aria-expanded", String(!proof.hidden));
    if (!proof.hidden && !proof.firstChild) fillSaid(proof, out ? [id, edge.id] : [edge.id, id], edge);
  } }, icon("quote"));
  return el("li", {}, el("div", { className: "row" }, el("a", { href: pageOf(edge.id), target: "_blank", rel: "noopener noreferrer", className: "name", dir: "auto" }, el("span", {}, edge.name)),
    el("span", { className: "year" }, edge.type), toggle), proof);
}

async function fillSaid(proof, [subject, object], { predicate, name }) {
  try {
    const { statements } = await ask(`api/evidence?${query({ subject, predicate, object, limit: "20" })}`);
    replace(proof, statements.map((one) => el("div", { className: "said" },
      el("p", { className: one.sentence ? "quote" : "quote listing", dir: "auto" }, ...(one.sentence ? named(one.sentence, name) : ["Stated by the listing itself."])),
      el("p", { className: "whence" }, el("span", { dir: "auto" }, one.title), el("span", {}, `found by ${one.extractor.replaceAll("+", ", ")} · ${Math.round(100 * one.score)} %`)))));
  } catch (error) {
    replace(proof, el("p", { className: "quiet" }, `The sentences could not be had: ${error.message}`));
  }
}

/** A sentence with the first place of a name marked. */
function named(sentence, name) {
  const at = sentence.toLowerCase().indexOf(name.toLowerCase());
  return at < 0 ? [sentence] : [sentence.slice(0, at), el("mark", {}, sentence.slice(at, at + name.length)), sentence.slice(at + name.length)];
}
