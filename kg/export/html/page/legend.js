// The filters: the legend is the filter by type; relations, years, venue, confidence and connections follow.

import { yearBars } from "./chart.js";
import { byId, el, replace, spoken, words } from "./dom.js";
import { badge } from "./names.js";
import { css, theme, tuned } from "./theme.js";

/** Build the controls for the present state; called again when the state comes from elsewhere or colours change. */
export function showLegend(app) {
  const open = byId("relations")?.open;
  replace(byId("filters"), legendTypes(app), sliders(app), timePart(app), venuePart(app), relationPart(app, open));
}

function counts(length, column) {
  const sums = new Uint32Array(length);
  for (let i = 0; i < column.length; i++) sums[column[i]]++;
  return sums;
}

function legendTypes(app) {
  const sums = counts(app.head.types.length, app.net.type);
  const { typesOff } = app.state.filters;
  const rows = app.head.types.map((type, number) => el("div", { className: "type", title: type.about }, el("label", {},
    el("input", { type: "checkbox", checked: !typesOff.has(number), "aria-label": type.name, onchange: (event) => {
      if (event.target.checked) typesOff.delete(number);
      else typesOff.add(number);
      app.refilter();
    } }), badge(type, 15), el("span", { className: "type-name" }, type.name), el("span", { className: "tally", "aria-hidden": "true" }, spoken(sums[number]))),
    el("button", { type: "button", className: "only", "aria-label": `Only ${type.name}`, onclick: () => switchOff(app, typesOff, (one) => one !== number) }, "only")));
  return el("div", { className: "legend", role: "group", "aria-label": "Types" }, el("h2", { className: "part" }, "Types"), allOrNone(app, typesOff, "types"), rows);
}

/** Switch off those of a list for which `off` holds, and switch the others on. */
function switchOff(app, set, off) {
  const length = set === app.state.filters.typesOff ? app.head.types.length : app.head.predicates.length;
  const label = document.activeElement?.getAttribute("aria-label") || "";
  set.clear();
  for (let number = 0; number < length; number++) if (off(number)) set.add(number);
  app.refilter();
  showLegend(app);
  [...byId("filters").querySelectorAll("button")].find((one) => label && one.getAttribute("aria-label") === label)?.focus();
}

const allOrNone = (app, set, what) => el("div", { className: "all-or-none" },
  el("button", { type: "button", "aria-label": `All ${what}`, onclick: () => switchOff(app, set, () => false) }, "All"),
  el("button", { type: "button", "aria-label": `No ${what}`, onclick: () => switchOff(app, set, () => true) }, "None"));

function slider(label, { value, max, step = 1, show, change, min = 0 }) {
  const output = el("span", { className: "value", "aria-hidden": "true" }, show(value));
  const fillTrack = () => input.style.setProperty("--fill", `${((input.value - min) / (max - min)) * 100}%`);
  let moving = false; // from the first movement until it is let go: one step for Back
  const input = el("input", { type: "range", min, max, step, "aria-label": label, "aria-valuetext": show(value), onchange: () => { moving = false; }, oninput: () => {
    const text = show(Number(input.value));
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
    fillTrack();
    change(Number(input.value), !moving);
    moving = true;
  } });
  input.value = value;
  fillTrack();
  return el("label", { className: "slider" }, el("span", {}, label), output, input);
}

function sliders(app) {
  const { filters } = app.state;
  const most = Math.min(60, app.net.count ? app.net.degree.reduce((top, value) => Math.max(top, value), 0) : 1);
  return el("div", { className: "sliders" },
    slider("Confidence", { value: filters.confidence, max: 100, show: (value) => (value ? `≥ ${value} %` : "any"), change: (value, push) => { filters.confidence = value; app.refilter(push); } }),
    slider("Connections", { value: filters.connections, max: Math.max(1, most), show: (value) => (value ? `≥ ${value}` : "any"), change: (value, push) => { filters.connections = value; app.refilter(push); } }));
}

/** Papers by year (of all things if there are none): rows for a chart, and the range of years. */
export function yearRows(app, mask) {
  const { net, head } = app;
  const paper = head.types.findIndex((type) => type.name === "Paper");
  const rows = head.types.map((type) => ({ name: type.name, colour: css(tuned(type.colour, theme.dark)), counts: new Map() }));
  let [from, to] = [9999, 0];
  for (let node = 0; node < net.count; node++) {
    const year = net.first[node];
    if (!year) continue;
    [from, to] = [Math.min(from, year), Math.max(to, year)];
    if (mask && !mask[node]) continue;
    const { counts: sums } = rows[net.type[node]];
    sums.set(year, (sums.get(year) || 0) + 1);
  }
  return { rows: paper >= 0 && !mask ? [{ ...rows[paper], colour: "var(--accent)" }] : rows, from, to };
}

function timePart(app) {
  const { rows, from, to } = yearRows(app, null);
  if (!to || from === to) return null;
  const { filters } = app.state;
  const chart = el("div", {});
  const draw = () => {
    const [low, high] = [filters.from || from, filters.to || to];
    const chosen = (year) => year >= low && year <= high;
    const pick = (year) => { setYears(low === year && high === year ? 0 : year, low === year && high === year ? 0 : year); };
    replace(chart, yearBars(rows, { from, to, wide: 250, high: 54, label: `Papers by year, ${from} to ${to}`, pick, chosen }));
    [fields[0].value, fields[1].value] = [low, high];
  };
  const yearInput = (label, change) => el("input", { type: "number", min: from, max: to, "aria-label": `${label} year`, onchange: (event) => change(Number(event.target.value)) });
  const setYears = (low, high) => {
    filters.from = low > from ? Math.min(low, to) : 0;
    filters.to = high && high < to ? Math.max(high, from) : 0;
    draw();
    app.refilter();
  };
  const fields = [yearInput("From", (value) => setYears(value, filters.to)), yearInput("To", (value) => setYears(filters.from, value))];
  draw();
  return el("fieldset", {}, el("legend", {}, "Years"), chart, el("div", { className: "span" }, fields[0], el("span", {}, "to"), fields[1]));
}

function venuePart(app) {
  const number = app.head.types.findIndex((type) => type.name === "Venue");
  if (number < 0) return null;
  const venues = [];
  for (let node = 0; node < app.net.count && venues.length < 400; node++) if (app.net.type[node] === number) venues.push(node);
  const { filters } = app.state;
  const choice = el("select", { "aria-label": "Venue", onchange: (event) => { filters.venue = Number(event.target.value); app.refilter(); } },
    el("option", { value: "-1" }, "All venues"), venues.map((node) => el("option", { value: String(node), selected: filters.venue === node }, `${app.net.names[node]} (${app.net.degree[node]})`)));
  return el("fieldset", {}, el("legend", {}, "Venue"), choice);
}

function relationPart(app, open) {
  const sums = counts(app.head.predicates.length, app.net.predicate);
  const { predicatesOff } = app.state.filters;
  const chips = app.head.predicates.map((predicate, number) => el("button", { type: "button", className: "chip", title: predicate.about, "aria-pressed": String(!predicatesOff.has(number)), onclick: (event) => {
    if (predicatesOff.has(number)) predicatesOff.delete(number);
    else predicatesOff.add(number);
    event.currentTarget.setAttribute("aria-pressed", String(!predicatesOff.has(number)));
    app.refilter();
  } }, words(predicate.name), el("span", { className: "tally", "aria-hidden": "true" }, spoken(sums[number]))));
  return el("details", { id: "relations", open: open ?? true }, el("summary", {}, "Roles and relations"), allOrNone(app, predicatesOff, "relations"), el("div", { className: "chips", role: "group", "aria-label": "Roles and relations" }, chips));
}
