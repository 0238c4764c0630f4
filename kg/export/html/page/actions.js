// The state of the page, and everything that can be done to it.

import { readAddress, writeAddress, writeCamera } from "./address.js";
import { announce, byId, grouped, plural, replace, spoken } from "./dom.js";
import { applyFilters, filtering, newFilters } from "./filters.js";
import { showLegend } from "./legend.js";
import { edgesOf, otherEnd } from "./network.js";
import { askForOther, findPath, litAround, litPath, showComparison, showPath } from "./pair.js";
import { showDetails } from "./panel.js";
import { placeAround, placeHome } from "./radial.js";
import { readStep, writeStep } from "./steps.js";
import { cameraFor, flyTo, light, moved, redraw } from "./view.js";

/** The page: what it shows (head, net, text, view), its state, and the actions that its parts call. */
export const app = { state: { filters: newFilters(), mode: "", selected: -1, other: -1, pinned: new Set(), camera: "" }, text: null };

const names = {
  id: (node) => app.text.id[node], type: (number) => app.head.types[number].name, predicate: (number) => app.head.predicates[number].name,
};
const lookUp = {
  node: (id) => app.node.get(id), type: (name) => app.head.types.findIndex((type) => type.name === name),
  predicate: (name) => app.head.predicates.findIndex((predicate) => predicate.name === name),
};

/** Write the state into the address; `push` makes it a step that Back returns from. */
export function remember(push) {
  if (!app.text) return;
  app.state.camera = app.home ? "" : writeCamera(app.view.camera);
  if (app.view.flight) app.state.camera = writeCamera(app.view.flight.goal);
  const text = writeAddress(app.state, names);
  if (`#${text}` === (location.hash || "#")) return;
  app.written = text ? `#${text}` : "";
  const address = text ? `#${text}` : `${location.pathname}${location.search}`;
  writeStep(address, push);
}

/** Take the state from the address. */
export function restore() {
  readStep();
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

export function goHome() {
  const home = cameraFor(app.view, app.state.filters.around >= 0 ? app.net.nodeShown : null);
  app.view.furthest = Math.min(home.zoom, cameraFor(app.view, null).zoom) * 0.5;
  Object.assign(app.view.camera, home);
}

/** Show the chosen node, path or comparison in picture and panel. */
export function showState({ quiet = false } = {}) {
  const { state, net, view } = app;
  document.title = state.selected >= 0 ? `${net.names[state.selected]} · ${app.head.title}` : app.head.title;
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
  light(view, state.selected >= 0 ? aroundSelected() : null);
  showDetails(app);
}

/** What to light around the chosen node; a node that filters hide dims nothing. */
const aroundSelected = () => (app.net.nodeShown[app.state.selected] ? litAround(app.net, app.state.selected) : null);

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
    filterAnew();
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

/** The zoom at which three quarters of a node's neighbours are in sight around it. */
function zoomAround(node) {
  const { net, view } = app;
  const spans = edgesOf(net, node, net.edgeShown).map((edge) => {
    const other = otherEnd(net, edge, node);
    return Math.max(Math.abs(net.x[other] - net.x[node]) / view.camera.wide, Math.abs(net.y[other] - net.y[node]) / view.camera.high);
  }).sort((one, two) => one - two);
  const most = spans.length ? spans[Math.floor((spans.length - 1) * 0.75)] : 0;
  return Math.max(view.furthest * 3, Math.min(1.3, 0.42 / Math.max(most, 1e-6)));
}

function approach(node) {
  app.home = false;
  flyTo(app.view, { x: app.net.x[node], y: app.net.y[node], zoom: zoomAround(node) });
}

function filterAnew() {
  applyFilters(app.net, app.state.filters);
  redraw(app.view);
  count();
  if (app.state.selected >= 0) light(app.view, aroundSelected());
  else if (app.text) showDetails(app);
}

/** The filters have changed; `push` makes it a step that Back returns from. */
app.refilter = (push = true) => {
  if (app.state.filters.around >= 0) arrange();
  filterAnew();
  if (app.state.filters.around >= 0 && app.home) goHome();
  remember(push);
};

export function count() {
  const { net, head } = app;
  const label = `Showing ${net.shown} of ${head.allNodes}`;
  replace(byId("status"), "Showing ", grouped(net.shown), " of ", grouped(head.allNodes));
  byId("status").setAttribute("aria-label", label);
  countUnits();
  const reset = byId("tool-reset");
  if (reset) reset.dataset.useful = String(filtering(app.state.filters) || app.state.selected >= 0);
}

export function countUnits() {
  const thin = app.view && app.view.thin ? ", long lines thinned" : "";
  byId("units").textContent = `things · ${spoken(app.net.edgesShown)} relations${thin}`;
}

app.focusOn = (node, hops = 1) => {
  app.state.filters.around = node;
  app.state.filters.hops = hops;
  arrange();
  filterAnew();
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

export function reset() {
  Object.assign(app.state, { filters: newFilters(), mode: "", selected: -1, other: -1, pinned: new Set() });
  app.view.pinned = app.state.pinned;
  byId("search").value = "";
  arrange();
  filterAnew();
  app.home = true;
  goHome();
  showLegend(app);
  showState();
  remember(true);
}
