// Mouse, fingers and keys on the stage.

import { toScreenX, toScreenY, zoomAt } from "./camera.js";
import { announce, byId, el, plural, replace } from "./dom.js";
import { edgeAt, openEdge, told } from "./edges.js";
import { shortened } from "./labels.js";
import { badge, typeOf } from "./names.js";
import { edgesOf, otherEnd } from "./network.js";
import { nodeAt, touch, wake } from "./view.js";

const CLICK = 5; // pixels that a pointer may wander and still click

export function setUpInput(app) {
  const { canvas } = app.view;
  const fingers = new Map();
  let start = null;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    start = fingers.size === 1 ? { ...place(event), dragged: false } : null;
    hideTip(app);
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = place(event);
    if (!fingers.has(event.pointerId)) return hover(app, now, event.pointerType);
    const before = fingers.get(event.pointerId);
    if (fingers.size === 1) {
      if (start && Math.hypot(now.x - start.x, now.y - start.y) > CLICK) start.dragged = true;
      if (!start || start.dragged) pan(app.view, now.x - before.x, now.y - before.y);
    } else pinch(app.view, fingers, event.pointerId, before, now);
    fingers.set(event.pointerId, now);
    canvas.classList.toggle("dragging", !start || start.dragged);
    return undefined;
  });
  const lift = (event) => {
    if (event.type === "pointerup" && start && !start.dragged) {
      const touched = event.pointerType === "touch";
      const node = nodeAt(app.view, start.x, start.y, touched ? 18 : 7);
      const edge = node < 0 && !app.state.mode ? edgeAt(app.view, start.x, start.y, touched ? 9 : 4) : -1;
      if (edge >= 0) openEdge(app, edge);
      else if (node >= 0 || !app.state.mode) app.select(node);
    }
    fingers.delete(event.pointerId);
    start = null;
    canvas.classList.remove("dragging");
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => hideTip(app));
  canvas.addEventListener("dblclick", (event) => {
    const { x, y } = place(event);
    zoomAt(app.view.camera, x, y, 1.8, app.view.furthest);
    touch(app.view);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = place(event);
    const unit = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 400 : 1;
    zoomAt(app.view.camera, x, y, Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0016)), app.view.furthest);
    hideTip(app);
    touch(app.view);
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => stageKey(app, event));
}

function pan(view, dx, dy) {
  view.camera.x -= dx / view.camera.zoom;
  view.camera.y -= dy / view.camera.zoom;
  touch(view);
}

function pinch(view, fingers, moving, before, now) {
  const other = [...fingers].find(([id]) => id !== moving)[1];
  const [was, is] = [Math.hypot(before.x - other.x, before.y - other.y), Math.hypot(now.x - other.x, now.y - other.y)];
  if (was > 0) zoomAt(view.camera, (now.x + other.x) / 2, (now.y + other.y) / 2, is / was, view.furthest);
  pan(view, (now.x - before.x) / 2, (now.y - before.y) / 2);
}

function hover(app, { x, y }, pointer) {
  if (pointer === "touch") return;
  const node = nodeAt(app.view, x, y);
  const edge = node < 0 ? edgeAt(app.view, x, y) : -1;
  app.view.canvas.classList.toggle("over", node >= 0 || edge >= 0);
  if (node !== app.view.hover || edge !== app.view.hoverEdge) {
    [app.view.hover, app.view.hoverEdge] = [node, edge];
    wake(app.view);
    if (edge >= 0) showEdgeTip(app, edge);
    else showTip(app, node);
  }
  if (node >= 0 || edge >= 0) moveTip(app, x, y);
}

function showEdgeTip(app, edge) {
  byId("tip").hidden = false;
  replace(byId("tip"), el("b", { dir: "auto" }, told(app, edge, shortened)), el("span", {}, `Confidence ${app.net.edgeConfidence[edge]} % · click for the sentences`));
}

function showTip(app, node) {
  const tip = byId("tip");
  tip.hidden = node < 0;
  if (node < 0) return;
  const papers = typeOf(app, node).name === "Paper" ? "" : `${plural(app.net.papers[node], "paper")} · `;
  const { selected } = app.state;
  const joined = selected >= 0 && selected !== node ? edgesOf(app.net, node).filter((edge) => otherEnd(app.net, edge, node) === selected) : [];
  const says = joined.slice(0, 3)
    .map((edge) => el("em", { dir: "auto" }, `${told(app, edge, shortened)} · ${app.net.edgeConfidence[edge]} %`));
  replace(tip, el("b", { dir: "auto" }, badge(typeOf(app, node), 13), app.net.names[node]), el("span", {}, `${typeOf(app, node).name} · ${papers}${plural(app.net.degree[node], "relation")}`), says);
}

function moveTip(app, x, y) {
  const tip = byId("tip");
  const left = Math.min(x + 14, app.view.camera.wide - tip.offsetWidth - 8);
  const top = y + tip.offsetHeight + 24 > app.view.camera.high ? y - tip.offsetHeight - 12 : y + 16;
  tip.style.setProperty("transform", `translate(${Math.max(8, left)}px, ${top}px)`);
}

function hideTip(app) {
  byId("tip").hidden = true;
  app.view.hover = app.view.hoverEdge = -1;
}

const ARROWS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

function stageKey(app, event) {
  const { view } = app;
  const arrow = ARROWS[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (arrow) pan(view, ...arrow);
  else if (event.key === "+" || event.key === "=") zoomIn(app, 1.4);
  else if (event.key === "-") zoomIn(app, 1 / 1.4);
  else if (event.key === "0") app.fitAll();
  else if (event.key === "n" || event.key === "N") step(app, event.shiftKey ? -1 : 1);
  else if (event.key === "Enter" && view.hover >= 0) app.select(view.hover);
  else return;
  event.preventDefault();
}

export function zoomIn(app, factor) {
  zoomAt(app.view.camera, app.view.camera.wide / 2, app.view.camera.high / 2, factor, app.view.furthest);
  touch(app.view);
}

/** Go to the next node in sight by rank and say its name. */
function step(app, direction) {
  const { net, view } = app;
  const inSight = (node) => {
    const [x, y] = [toScreenX(view.camera, net.x[node]), toScreenY(view.camera, net.y[node])];
    return net.nodeShown[node] && x > 0 && y > 0 && x < view.camera.wide && y < view.camera.high && (!view.light || view.light.nodes[node]);
  };
  for (let tried = 0, node = view.hover; tried < net.count; tried++) {
    node = (node + direction + net.count) % net.count;
    if (!inSight(node)) continue;
    view.hover = node;
    wake(view);
    announce(`${net.names[node]}, ${typeOf(app, node).name}, ${plural(net.degree[node], "relation")}`);
    showTip(app, node);
    moveTip(app, toScreenX(view.camera, net.x[node]), toScreenY(view.camera, net.y[node]));
    return;
  }
}
