// The search box: suggestions while typing, arrow keys and Enter to choose.

import { announce, byId, el, icon, plural, replace, spoken } from "./dom.js";
import { badge, toldBy, typeOf } from "./names.js";
import { addForm, find, findByNumber, folded, newIndex } from "./search.js";
import { listOf } from "./links.js";

const MANY = 12; // suggestions at which there may be more
const SLICE = 10; // milliseconds of indexing between two frames
const WARMING = ["a", "mdoel", "lange modle", "a", "netwrk", "traning dta"]; // run until the browser has compiled the search

/** Index all names and aliases in small pieces; resolves with the index. */
export async function indexNames(app) {
  const index = newIndex();
  let until = performance.now() + SLICE;
  for (let node = 0; node < app.net.count; node++) {
    if (typeOf(app, node).name === "Result") index.minor.add(node); // its name repeats those of what it measures
    addForm(index, node, app.net.names[node]);
    for (const alias of listOf(app.text.aliases[node])) addForm(index, node, alias);
    if (node % 64 === 0 && performance.now() > until) {
      await new Promise((resolve) => setTimeout(resolve));
      until = performance.now() + SLICE;
    }
  }
  for (const query of WARMING) {
    find(index, query);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return index;
}

export function setUpFinder(app) {
  app.find = find;
  const input = byId("search");
  const list = byId("suggestions");
  let found = [];
  let shown = ""; // the query that the list answers
  let active = -1;
  const close = () => {
    list.hidden = true;
    active = -1;
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (row) => {
    close();
    if (row.all) return app.openList(input.value);
    if (row.node < 0) return app.openRecord(row.id);
    input.value = app.net.names[row.node];
    return app.select(row.node, { fly: true });
  };
  const mark = (place) => {
    active = place;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
    if (active >= 0) input.setAttribute("aria-activedescendant", `suggestion-${active}`);
  };
  const search = async () => {
    const query = input.value;
    if (!query.trim()) return close();
    const index = await app.index;
    if (input.value !== query) return undefined;
    found = findByNumber(app.text, query);
    if (!found.length) found = find(index, query);
    if (found.length === MANY) found.push({ node: -1, all: true });
    shown = query;
    present(index, 0);
    reach(index, query);
    return undefined;
  };
  const present = (index, place) => {
    const names = found.map((row) => rowName(app, row));
    const shared = new Set(names.filter((name, i) => names.indexOf(name) < i));
    replace(list, found.length ? found.map((row, i) => suggestion(app, index, row, i, shown, shared, choose)) : el("li", { className: "none", role: "option", "aria-selected": "false", "aria-disabled": "true" }, "Nothing has that name"));
    list.hidden = false;
    mark(found.length ? place : -1);
    announce(found.length ? plural(found.length, "suggestion") : "Nothing has that name");
  };
  /** What a server finds besides: things that are not in the picture, and papers by the words of their sentences. */
  const reach = async (index, query) => {
    const more = (await app.further?.(query, found)) || [];
    if (!more.length || shown !== query || input.value !== query || list.hidden) return;
    found = [...found.filter((row) => !row.all), ...more, ...found.filter((row) => row.all)];
    present(index, Math.max(0, active));
  };
  input.addEventListener("input", search);
  input.addEventListener("focus", () => {
    input.select(); // what is typed now is another name
    search();
  });
  input.addEventListener("blur", () => setTimeout(() => {
    if (document.activeElement !== input) close(); // who has come back is typing again
  }, 150));
  input.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) mark((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (list.hidden || shown !== input.value) await search();
      const row = found[Math.max(0, active)];
      if (row && input.value.trim()) choose(row);
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
      event.stopPropagation();
    }
  });
}

const rowName = (app, row) => (row.node >= 0 ? app.net.names[row.node] : row.name);

function suggestion(app, index, row, place, query, shared, choose) {
  if (row.all) return el("li", { id: `suggestion-${place}`, className: "all", role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); choose(row); } }, icon("table"), "All with this name, as a table");
  const name = rowName(app, row);
  const which = row.node >= 0 && !row.said && shared.has(name) ? toldBy(app, row.node) : "";
  const type = row.node < 0 ? { name: row.type } : typeOf(app, row.node);
  const alias = row.form === undefined || index.forms[row.form] === folded(name) ? null : index.forms[row.form];
  return el("li", { id: `suggestion-${place}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); choose(row); } },
    row.node < 0 ? icon("link") : badge(type), el("span", { className: "found", dir: "auto" }, ...marked(name, query), alias ? el("small", {}, ` also ${alias}`) : null,
      which ? el("small", { className: "which" }, which) : null,
      row.said ? el("small", { className: "said" }, ...marked(row.said, query)) : null),
    el("span", { className: "tally" }, row.said ? "says" : [type.name, weight(app, row.node)].filter(Boolean).join(" · ")));
}

/** How many papers speak of a node: what tells things of one name apart. */
function weight(app, node) {
  return node < 0 || ["Paper", "Result"].includes(typeOf(app, node).name) ? "" : spoken(app.net.papers[node]);
}

function marked(name, query) {
  const at = name.toLowerCase().indexOf(query.trim().toLowerCase());
  if (at < 0) return [name];
  const end = at + query.trim().length;
  return [name.slice(0, at), el("b", {}, name.slice(at, end)), name.slice(end)];
}
