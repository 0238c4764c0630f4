// The page: unpacks the graph, draws it, and joins the parts.

import { readAddress, writeAddress, writeCamera } from "./address.js";
import { unpack } from "./data.js";
import { announce, button, byId, el, grouped, plural, replace, spoken } from "./dom.js";
import { exportPng, hand, svgText } from "./files.js";
import { applyFilters, filtering, newFilters } from "./filters.js";
import { indexNames, setUpFinder } from "./finder.js";
import { setUpInput, zoomIn } from "./input.js";
import { showLegend } from "./legend.js";
import { buildNetwork, edgesOf, otherEnd } from "./network.js";
import { askForOther, findPath, litAround, litPath, showComparison, showPath } from "./pair.js";
import { showDetails } from "./panel.js";
import { placeAround, placeHome } from "./radial.js";
import { openDialog, openTable } from "./table.js";
import { chooseTheme, storedTheme, storeTheme, theme } from "./theme.js";
import { openTimeline } from "./timeline.js";
import { cameraFor, drawNow, flyTo, light, moved, newView, paint, redraw, wake } from "./view.js";

const app = { state: { filters: newFilters(), mode: "", selected: -1, other: -1, pinned: new Set(), camera: "" }, text: null };

async function start() {
  chooseTheme(storedTheme());
  const { header, columns } = await unpack("data-graph");
  app.head = header;
  app.net = buildNetwork(columns);
  applyFilters(app.net, app.state.filters);
  app.view = newView(byId("canvas"), app.net, header.types, { changed: () => remember(false) });
  byId("title").textContent = header.title;
  byId("subtitle").textContent = `${plural(header.allNodes, "thing")}, ${plural(header.allEdges, "relation")}`;
  goHome();
  if (!location.hash) drawNow(app.view);
  count();
  byId("app").dataset.busy = "false";
  performance.mark("kg-picture");
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await finish();
}

/** Everything that may come after the first picture. */
async function finish() {
  app.text = (await unpack("data-text")).columns;
  app.node = new Map(app.text.id.map((id, node) => [id, node]));
  app.index = indexNames(app);
  setUpFinder(app);
  setUpInput(app);
  setUpTools();
  restore();
  addEventListener("popstate", restore);
  addEventListener("hashchange", restore);
  addEventListener("keydown", pageKey);
  await app.index;
  performance.mark("kg-ready");
  byId("app").dataset.ready = "true";
}

const names = {
  id: (node) => app.text.id[node], type: (number) => app.head.types[number].name, predicate: (number) => app.head.predicates[number].name,
};
const lookUp = {
  node: (id) => app.node.get(id), type: (name) => app.head.types.findIndex((type) => type.name === name),
  predicate: (name) => app.head.predicates.findIndex((predicate) => predicate.name === name),
};

/** Write the state into the address; `push` makes it a step that Back returns from. */
function remember(push) {
  if (!app.text) return;
  app.state.camera = app.home ? "" : writeCamera(app.view.camera);
  if (app.view.flight) app.state.camera = writeCamera(app.view.flight.goal);
  const text = writeAddress(app.state, names);
  if (`#${text}` === (location.hash || "#")) return;
  app.written = text ? `#${text}` : "";
  const address = text ? `#${text}` : `${location.pathname}${location.search}`;
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Take the state from the address. */
function restore() {
  if (app.written !== undefined && app.written === location.hash && app.restored) return;
  app.written = location.hash;
  app.restored = true;
  const { camera, ...wanted } = readAddress(location.hash, lookUp);
  Object.assign(app.state, wanted);
  app.view.pinned = app.state.pinned;
  arrange();
  applyFilters(app.net, app.state.filters);
  if (camera) Object.assign(app.view.camera, camera);
  else goHome();
  redraw(app.view);
  showLegend(app);
  count();
  showState({ quiet: true });
}

function arrange() {
  const { around } = app.state.filters;
  placeHome(app.net);
  if (around >= 0) {
    applyFilters(app.net, app.state.filters);
    placeAround(app.net, around);
  }
  moved(app.view);
}

function goHome() {
  const home = cameraFor(app.view, app.state.filters.around >= 0 ? app.net.nodeShown : null);
  app.view.furthest = Math.min(home.zoom, cameraFor(app.view, null).zoom) * 0.5;
  Object.assign(app.view.camera, home);
}

/** Show the chosen node, path or comparison in picture and panel. */
function showState({ quiet = false } = {}) {
  const { state, net, view } = app;
  askForOther(app);
  byId("tool-path").setAttribute("aria-pressed", String(state.mode === "path"));
  byId("tool-compare").setAttribute("aria-pressed", String(state.mode === "compare"));
  view.selected = state.selected;
  if (state.selected >= 0 && state.other >= 0) {
    const edges = state.mode === "path" ? findPath(app) : null;
    if (state.mode === "path") {
      showPath(app, edges);
      light(view, litPath(net, edges || [], state.selected));
      if (edges && !quiet) flyTo(view, cameraFor(view, view.light.nodes));
      announce(edges ? `Path of ${plural(edges.length, "step")}` : "No path");
    } else {
      showComparison(app);
      light(view, bothLit(state.selected, state.other));
      const two = new Uint8Array(net.count);
      two[state.selected] = two[state.other] = 1;
      if (!quiet) flyTo(view, cameraFor(view, two));
    }
    byId("details").dataset.open = "true";
    return;
  }
  light(view, state.selected >= 0 ? litAround(net, state.selected) : null);
  showDetails(app);
}

function bothLit(one, two) {
  const [lit, other] = [litAround(app.net, one), litAround(app.net, two)];
  for (let i = 0; i < lit.nodes.length; i++) lit.nodes[i] |= other.nodes[i];
  for (let i = 0; i < lit.edges.length; i++) lit.edges[i] |= other.edges[i];
  return { ...lit, first: [one, two, ...lit.first.filter((node) => other.first.includes(node)).slice(0, 30)] };
}

/** Choose a node (-1: none). In path and comparison it is the next of the two. */
app.select = (node, { fly = false } = {}) => {
  const { state } = app;
  if (node >= 0 && state.mode && state.selected >= 0 && state.other < 0 && node !== state.selected) state.other = node;
  else {
    if (state.other >= 0) [state.mode, state.other] = ["", -1];
    state.selected = node;
  }
  if (node >= 0 && !app.net.nodeShown[node]) {
    state.filters.extra.add(node);
    state.filters.hidden.delete(node);
    app.refilter();
  }
  showState();
  if (node >= 0 && state.other < 0 && (fly || !onStage(node))) approach(node);
  if (node >= 0) announce(`${app.net.names[node]} selected`);
  remember(true);
};

function onStage(node) {
  const { camera } = app.view;
  return Math.abs(app.net.x[node] - camera.x) * camera.zoom < camera.wide * 0.48 && Math.abs(app.net.y[node] - camera.y) * camera.zoom < camera.high * 0.48;
}

function approach(node) {
  app.home = false;
  flyTo(app.view, { x: app.net.x[node], y: app.net.y[node], zoom: Math.max(app.view.camera.zoom, Math.min(0.9, app.view.furthest * 12)) });
}

app.refilter = () => {
  applyFilters(app.net, app.state.filters);
  redraw(app.view);
  count();
  if (app.state.selected >= 0) light(app.view, litAround(app.net, app.state.selected));
  else if (app.text) showDetails(app);
  remember(false);
};

function count() {
  const { net, head } = app;
  const label = `Showing ${net.shown} of ${head.allNodes}`;
  replace(byId("status"), "Showing ", grouped(net.shown), " of ", grouped(head.allNodes));
  byId("status").setAttribute("aria-label", label);
  byId("units").textContent = `things · ${spoken(net.edgesShown)} relations`;
  const reset = byId("tool-reset");
  if (reset) reset.dataset.useful = String(filtering(app.state.filters) || app.state.selected >= 0);
}

app.focusOn = (node, hops = 1) => {
  app.state.filters.around = node;
  app.state.filters.hops = hops;
  arrange();
  app.refilter();
  app.home = true;
  goHome();
  showState({ quiet: true });
  remember(true);
};

app.expand = (node) => {
  for (const edge of edgesOf(app.net, node)) {
    const other = otherEnd(app.net, edge, node);
    app.state.filters.hidden.delete(other);
    if (!app.net.nodeShown[other]) app.state.filters.extra.add(other);
  }
  if (app.state.filters.around >= 0) arrange();
  app.refilter();
  showState({ quiet: true });
};

app.hide = (node) => {
  app.state.filters.hidden.add(node);
  app.state.filters.extra.delete(node);
  app.state.selected = -1;
  app.refilter();
  showState();
};

app.hideNeighbours = (node) => {
  for (const edge of edgesOf(app.net, node, app.net.edgeShown)) {
    const other = otherEnd(app.net, edge, node);
    const others = new Set(edgesOf(app.net, other, app.net.edgeShown).map((next) => otherEnd(app.net, next, other)));
    if (others.size === 1) app.state.filters.hidden.add(other);
  }
  app.refilter();
  showState({ quiet: true });
};

app.pin = (node) => {
  if (!app.state.pinned.delete(node)) app.state.pinned.add(node);
  app.view.pinned = app.state.pinned;
  redraw(app.view);
  showState({ quiet: true });
  remember(false);
};

app.startPair = (mode) => {
  const { state } = app;
  if (state.mode === mode) return app.endPair();
  [state.mode, state.other] = [mode, -1];
  showState({ quiet: true });
  announce(byId("hint").textContent);
  return byId("search").focus();
};

app.endPair = () => {
  [app.state.mode, app.state.other] = ["", -1];
  showState({ quiet: true });
  remember(true);
};

app.fitAll = () => {
  app.home = true;
  flyTo(app.view, cameraFor(app.view, app.view.light ? app.view.light.nodes : null));
};

function reset() {
  Object.assign(app.state, { filters: newFilters(), mode: "", selected: -1, other: -1, pinned: new Set() });
  app.view.pinned = app.state.pinned;
  byId("search").value = "";
  arrange();
  app.refilter();
  app.home = true;
  goHome();
  showLegend(app);
  showState();
  remember(true);
}

function switchTheme() {
  chooseTheme(theme.dark ? "light" : "dark");
  storeTheme();
  paint(app.view);
  showLegend(app);
  showState({ quiet: true });
}

const pictureName = () => app.head.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60) || "graph";

function setUpTools() {
  const tool = (id, label, drawing, action, properties = {}) => button(label, drawing, action, { id: `tool-${id}`, title: label, ...properties });
  replace(byId("toolbar"),
    el("div", { className: "tools" }, tool("filters", "Filters", "filter", () => document.body.classList.toggle("filters-open")),
      tool("back", "Back", "back", () => history.back()), tool("forward", "Forward", "forward", () => history.forward())),
    el("div", { className: "tools" }, tool("path", "Path", "path", () => app.startPair("path"), { "aria-pressed": "false" }),
      tool("compare", "Compare two", "compare", () => app.startPair("compare"), { "aria-pressed": "false" }),
      tool("table", "Table", "table", () => openTable(app)), tool("timeline", "Timeline", "timeline", () => openTimeline(app))),
    el("div", { className: "tools" }, tool("png", "Export PNG", "picture", () => { drawNow(app.view); exportPng(app.view, pictureName()); }),
      tool("svg", "Export SVG", "picture", () => hand(`${pictureName()}.svg`, "image/svg+xml", svgText(app.view, app.head.title))),
      tool("theme", "Theme", "theme", switchTheme), tool("help", "Keys", "help", openHelp), tool("reset", "Reset", "reset", reset)));
  replace(byId("zoom"), button("Zoom in", "plus", () => zoomIn(app, 1.5)), button("Zoom out", "minus", () => zoomIn(app, 1 / 1.5)), button("Fit", "fit", app.fitAll));
  app.view.canvas.addEventListener("pointerdown", () => { app.home = false; });
  app.view.canvas.addEventListener("wheel", () => { app.home = false; }, { passive: true });
}

const KEYS = [
  ["/", "search"], ["Esc", "clear the selection"], ["← → ↑ ↓", "move (picture focused)"], ["+ −", "zoom"], ["0", "show all"],
  ["N, Shift+N", "next and previous thing in sight"], ["Enter", "open it"], ["T", "table"], ["P", "path"], ["?", "these keys"],
];

function openHelp() {
  openDialog("Keys", [], el("dl", { className: "keys" }, KEYS.map(([key, what]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)))));
}

function pageKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !/^(checkbox|range)$/.test(event.target.type);
  if (typing || event.ctrlKey || event.metaKey || event.altKey || byId("dialog").open) return;
  if (event.key === "/") byId("search").focus();
  else if (event.key === "Escape" && app.state.mode) app.endPair();
  else if (event.key === "Escape") app.select(-1);
  else if (event.key === "t") openTable(app);
  else if (event.key === "p") app.startPair("path");
  else if (event.key === "?") openHelp();
  else return;
  event.preventDefault();
}

window.kgExplorer = app;
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  if (storedTheme() || !app.view) return;
  chooseTheme("");
  paint(app.view);
});
start().catch((error) => {
  byId("loading").textContent = `This page could not be shown: ${error.message}. It needs a browser of 2023 or later.`;
  throw error;
});
document.addEventListener("visibilitychange", () => app.view && wake(app.view));
