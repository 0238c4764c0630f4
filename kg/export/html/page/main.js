// The page: unpacks the graph, draws it, and joins the parts.

import { app, count, countUnits, goHome, remember, reset, restore, showState } from "./actions.js";
import { unpack } from "./data.js";
import { announce, button, byId, el, plural, replace } from "./dom.js";
import { copyText, exportPng, hand, svgText } from "./files.js";
import { applyFilters } from "./filters.js";
import { openHelp } from "./help.js";
import { indexNames, setUpFinder } from "./finder.js";
import { setUpInput, zoomIn } from "./input.js";
import { showLegend } from "./legend.js";
import { buildNetwork } from "./network.js";
import { drawLarge } from "./printing.js";
import { openLeaders } from "./leaders.js";
import { openTable } from "./table.js";
import { chooseTheme, storedTheme, storeTheme, theme } from "./theme.js";
import { openTimeline } from "./timeline.js";
import { drawNow, newView, paint, wake } from "./view.js";

async function start() {
  chooseTheme(storedTheme());
  const { header, columns } = await unpack("graph");
  app.head = header;
  app.net = buildNetwork(columns);
  applyFilters(app.net, app.state.filters);
  app.view = newView(byId("canvas"), app.net, header.types, { changed: () => remember(false), thinned: countUnits });
  byId("title").textContent = header.title;
  byId("subtitle").textContent = `${plural(header.allNodes, "thing")}, ${plural(header.allEdges, "relation")}`;
  app.home = true;
  goHome();
  app.view.resized = () => app.home && goHome();
  if (!location.hash) drawNow(app.view);
  count();
  byId("app").dataset.busy = "false";
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  performance.mark("kg-picture"); // the frame with the picture has been handed over
  await finish();
}

/** Everything that may come after the first picture. */
async function finish() {
  app.text = (await unpack("text")).columns;
  app.node = new Map(app.text.id.map((id, node) => [id, node]));
  app.index = indexNames(app);
  app.openList = (words) => openTable(app, words);
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
  const file = (id, label, tag, action) => {
    const made = tool(id, label, "picture", action);
    made.append(el("b", { "aria-hidden": "true" }, tag));
    return made;
  };
  replace(byId("toolbar"),
    el("div", { className: "tools" }, tool("filters", "Filters", "filter", () => document.body.classList.toggle("filters-open")),
      tool("back", "Back", "back", () => history.back()), tool("forward", "Forward", "forward", () => history.forward())),
    el("div", { className: "tools" }, tool("path", "Path", "path", () => app.startPair("path"), { "aria-pressed": "false" }),
      tool("compare", "Compare two", "compare", () => app.startPair("compare"), { "aria-pressed": "false" }),
      tool("table", "Table", "table", () => openTable(app)), tool("timeline", "Timeline", "timeline", () => openTimeline(app)),
      tool("leaders", "Leaderboards", "ranks", () => openLeaders(app))),
    el("div", { className: "tools" }, file("png", "Export PNG", "PNG", () => exportPng(drawLarge(app.view), pictureName())),
      file("svg", "Export SVG", "SVG", () => hand(`${pictureName()}.svg`, "image/svg+xml", svgText(app.view, app.head.title))),
      tool("link", "Copy link", "share", copyLink), tool("theme", "Theme", "theme", switchTheme), tool("help", "Help", "help", openHelp), tool("reset", "Reset", "reset", reset)));
  replace(byId("zoom"), button("Zoom in", "plus", () => zoomIn(app, 1.5)), button("Zoom out", "minus", () => zoomIn(app, 1 / 1.5)), button("Fit", "fit", app.fitAll));
  for (const link of document.querySelectorAll(".skip")) {
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the address is the state of the page, and stays
      byId(link.hash.slice(1)).focus();
    });
  }
  app.view.canvas.addEventListener("pointerdown", () => { app.home = false; });
  app.view.canvas.addEventListener("wheel", () => { app.home = false; }, { passive: true });
}

let toasting = 0; // the timer that takes the note away

/** Put an address that opens exactly this view on the clipboard. */
async function copyLink() {
  remember(false);
  const copied = await copyText(location.href);
  const text = copied ? "Link to this view copied" : "Copy the address above: it opens this view";
  replace(byId("toast"), text);
  byId("toast").hidden = false;
  announce(text);
  clearTimeout(toasting);
  toasting = setTimeout(() => { byId("toast").hidden = true; }, 3000);
}

function pageKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !/^(checkbox|range)$/.test(event.target.type);
  if (typing || event.ctrlKey || event.metaKey || event.altKey || byId("dialog").open) return;
  if (event.key === "/") byId("search").focus();
  else if (event.key === "d") byId("details").focus();
  else if (event.key === "Escape" && app.state.mode) app.endPair();
  else if (event.key === "Escape") app.select(-1);
  else if (event.key === "t") openTable(app);
  else if (event.key === "l") openLeaders(app);
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
