// The SPARQL editor: completion from the ontology, example queries, a table of results. No library, no other server.
"use strict";

const ROWS = 1000; // shown; the download has all
const KEYWORDS = ("SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS BIND VALUES GROUP BY ORDER BY HAVING LIMIT OFFSET COUNT SUM MIN MAX AVG " +
  "SAMPLE GROUP_CONCAT ASC DESC AS EXISTS NOT IN CONTAINS LCASE STR STRSTARTS STRAFTER REGEX BOUND COALESCE IF CONSTRUCT DESCRIBE ASK PREFIX")
  .split(" ").filter((word, i, all) => all.indexOf(word) === i);
const FIRST = "SELECT ?name ?papers WHERE {\n  ?method a kg:Method ; skos:prefLabel ?name ; kg:paperCount ?papers .\n}\nORDER BY DESC(?papers)\nLIMIT 20";

const at = (id) => document.getElementById(id);
const query = at("query"), list = at("completions");
let words = { prefixes: {}, classes: [], predicates: [], base: "" };
let running = null, chosen = 0, offered = [], asked = 0;

function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

async function json(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

// Names ------------------------------------------------------------------------------------------------------------

function shorten(iri) {
  let best = "";
  for (const [prefix, namespace] of Object.entries(words.prefixes)) {
    if (iri.startsWith(namespace) && iri.length > namespace.length && namespace.length > (words.prefixes[best] || "").length) best = prefix;
  }
  return best ? `${best}:${iri.slice(words.prefixes[best].length)}` : iri;
}

function link(iri) {
  const here = words.base && iri.startsWith(words.base) && !iri.includes("#");
  if (!here && !/^https?:/.test(iri)) return make("span", iri);
  const attributes = here ? { href: "/" + iri.slice(words.base.length), title: iri } : { href: iri, rel: "noreferrer", target: "_blank" };
  return make("a", shorten(iri), attributes);
}

// Completion -------------------------------------------------------------------------------------------------------

function wordAtCaret() {
  const before = query.value.slice(0, query.selectionStart);
  return { before, word: /[?$]?[\w:.-]*$/.exec(before)[0] };
}

async function candidates(before, word, whole) {
  if (word.startsWith("?") || word.startsWith("$")) {
    const names = new Set(query.value.match(/[?$]\w+/g) || []);
    names.delete(word);
    return [...names].map((name) => ({ name, about: "" }));
  }
  const [prefix, local] = word.includes(":") ? [word.slice(0, word.indexOf(":")), word.slice(word.indexOf(":") + 1)] : ["", ""];
  const space = words.prefixes[prefix];
  if (word.includes(":") && space && space.startsWith(words.base) && space.endsWith("/") && local.length > 1) {
    const type = words.classes.find((one) => one.iri === prefix);
    const url = `/api/search?limit=10&q=${encodeURIComponent(local.replaceAll("-", " "))}` + (type ? `&type=${type.name.slice(3)}` : "");
    const found = await json(url);
    return found.names.map((hit) => ({ name: shorten(words.base + hit.id), about: hit.name, fits: true }));
  }
  if (!word && !whole) return [];
  const classes = /\ba\s+[\w:]*$/.test(before);
  const known = classes ? words.classes : [...words.predicates, ...words.classes];
  const prefixes = Object.entries(words.prefixes).map(([name, about]) => ({ name: name + ":", about }));
  return word.includes(":") ? known : [...known, ...prefixes, ...KEYWORDS.map((name) => ({ name, about: "" }))];
}

async function complete(whole = false) {
  const turn = ++asked, { before, word } = wordAtCaret();
  let found = [];
  try { found = await candidates(before, word, whole); } catch { /* no completion then */ }
  if (turn !== asked) return;
  const key = word.toLowerCase();
  const fits = ({ name, fits }) => fits || name.toLowerCase().startsWith(key) || (key.length > 1 && name.toLowerCase().split(":").pop().startsWith(key));
  offered = found.filter((one) => fits(one) && one.name !== word).slice(0, 30);
  chosen = 0;
  show();
}

function show() {
  list.replaceChildren(...offered.map(({ name, about }, i) => {
    const item = make("li", name + " ", { role: "option", "aria-selected": i === chosen });
    item.append(make("small", about));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); chosen = i; take(); });
    return item;
  }));
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function close() { asked++; offered = []; show(); }

function take() {
  const { word } = wordAtCaret(), end = query.selectionStart;
  query.setRangeText(offered[chosen].name + (offered[chosen].name.endsWith(":") ? "" : " "), end - word.length, end, "end");
  const again = offered[chosen].name.endsWith(":");
  close();
  if (again) complete();
}

query.addEventListener("input", () => complete());
query.addEventListener("blur", close);
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); close(); run(); }
  else if (event.key === " " && event.ctrlKey) { event.preventDefault(); complete(true); }
  else if (offered.length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
    show();
  } else if (offered.length && event.key === "Tab") { event.preventDefault(); take(); }
  else if (offered.length && event.key === "Escape") { event.preventDefault(); close(); }
});

// Asking -----------------------------------------------------------------------------------------------------------

function send(accept) {
  running = new AbortController();
  return fetch("/sparql", {
    method: "POST", body: query.value, signal: running.signal,
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
  });
}

async function failure(response) {
  try { return (await response.json()).error.message; } catch { return `the server answered ${response.status}`; }
}

async function guarded(work) {
  at("run").disabled = at("csv").disabled = true;
  at("stop").disabled = false;
  at("problem").textContent = "";
  at("status").textContent = "…";
  try { await work(); }
  catch (error) {
    at("status").textContent = "";
    at("problem").textContent = error.name === "AbortError" ? "Stopped." : error.message;
  } finally {
    at("run").disabled = at("csv").disabled = false;
    at("stop").disabled = true;
  }
}

async function run() {
  remember();
  await guarded(async () => {
    const start = performance.now();
    const response = await send("application/sparql-results+json, text/turtle");
    if (!response.ok) throw new Error(await failure(response));
    const rows = (response.headers.get("Content-Type") || "").includes("json");
    const count = rows ? table(await response.json()) : triples(await response.text());
    const note = response.headers.get("X-KG-Note");
    at("status").textContent = `${count} in ${Math.round(performance.now() - start)} ms${note ? `. ${note}` : ""}`;
  });
}

function triples(text) {
  at("result").replaceChildren(make("pre", text));
  return "triples";
}

function table(answer) {
  if ("boolean" in answer) {
    at("result").replaceChildren(make("p", answer.boolean ? "yes" : "no"));
    return "answered";
  }
  const head = make("tr");
  head.append(...answer.head.vars.map((name) => make("th", name, { scope: "col" })));
  const rows = answer.results.bindings.slice(0, ROWS).map((binding) => {
    const row = make("tr");
    row.append(...answer.head.vars.map((name) => cell(binding[name])));
    return row;
  });
  const body = make("tbody"), shown = make("table"), top = make("thead");
  top.append(head);
  body.append(...rows);
  shown.append(top, body);
  at("result").replaceChildren(shown);
  const all = answer.results.bindings.length;
  return all > ROWS ? `first ${ROWS} of ${all} rows` : `${all} row${all === 1 ? "" : "s"}`;
}

function cell(term) {
  if (!term) return make("td", "");
  if (term.type === "uri") { const td = make("td"); td.append(link(term.value)); return td; }
  const number = /#(integer|decimal|double|float|int|long)$/.test(term.datatype || "");
  return make("td", term.type === "bnode" ? `_:${term.value}` : String(term.value), number ? { class: "number" } : {});
}

async function download() {
  await guarded(async () => {
    const response = await send("text/csv, text/turtle;q=0.9");
    if (!response.ok) throw new Error(await failure(response));
    const csv = response.headers.get("Content-Type").startsWith("text/csv");
    const anchor = make("a", "", { href: URL.createObjectURL(await response.blob()), download: csv ? "result.csv" : "result.ttl" });
    anchor.click();
    URL.revokeObjectURL(anchor.href);
    at("status").textContent = `${anchor.download} saved`;
  });
}

// Examples ---------------------------------------------------------------------------------------------------------

async function value(parameter) {
  if (parameter.types.includes("number")) return parameter.default;
  const types = parameter.types.map((type) => `&type=${type}`).join("");
  const found = await json(`/api/search?limit=1&q=${encodeURIComponent(parameter.default)}${types}`);
  return found.names.length ? shorten(words.base + found.names[0].id) : "";
}

async function example(one) {
  const lines = [];
  for (const parameter of one.parameters) lines.push(`  VALUES ?${parameter.name} { ${await value(parameter)} }\n`);
  query.value = `# ${one.title}. ${one.description}\n` + one.text.replace(/WHERE \{\n/, (start) => start + lines.join(""));
  run();
}

function offer(examples) {
  at("examples").replaceChildren(...examples.map((one) => {
    const item = make("li"), button = make("button", one.title, { title: one.description });
    button.addEventListener("click", () => example(one).catch((error) => { at("problem").textContent = error.message; }));
    item.append(button);
    return item;
  }));
}

at("filter").addEventListener("input", () => {
  const wanted = at("filter").value.toLowerCase();
  for (const item of at("examples").children) item.hidden = !item.textContent.toLowerCase().includes(wanted);
});

// Start ------------------------------------------------------------------------------------------------------------

function remember() {
  try { localStorage.setItem("kg.query", query.value); } catch { /* private window */ }
}

function recall() {
  const shared = new URLSearchParams(location.hash.slice(1)).get("query");
  let last = null;
  try { last = localStorage.getItem("kg.query"); } catch { /* private window */ }
  query.value = shared || last || FIRST;
}

at("run").addEventListener("click", run);
at("stop").addEventListener("click", () => running?.abort());
at("csv").addEventListener("click", download);
at("link").addEventListener("click", async () => {
  location.hash = new URLSearchParams({ query: query.value }).toString();
  try { await navigator.clipboard.writeText(location.href); at("status").textContent = "link copied"; }
  catch { at("status").textContent = "the link is in the address bar"; }
});
recall();
Promise.all([json("/api/vocabulary"), json("/api/queries")])
  .then(([vocabulary, examples]) => { words = vocabulary; offer(examples.queries); at("run").focus(); })
  .catch((error) => { at("problem").textContent = `The server does not answer (${error.message}).`; });
