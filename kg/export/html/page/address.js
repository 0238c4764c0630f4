// The state of the page in the part of its address after "#", so that a link opens the same view.

const NUMBERS = { c: "confidence", d: "connections", from: "from", to: "to", hops: "hops" };

/** The text after "#" for a state; what is as it was at the start is left out. */
export function writeAddress(state, names) {
  const query = new URLSearchParams();
  const { filters } = state;
  if (state.selected >= 0) query.set("n", names.id(state.selected));
  if (state.other >= 0) query.set(state.mode === "compare" ? "with" : "path", names.id(state.other));
  if (filters.around >= 0) query.set("around", names.id(filters.around));
  for (const [key, field] of Object.entries(NUMBERS)) {
    if (filters[field] && (key !== "hops" || filters.around >= 0)) query.set(key, filters[field]);
  }
  if (filters.venue >= 0) query.set("venue", names.id(filters.venue));
  setList(query, "off", [...filters.typesOff].map(names.type));
  setList(query, "without", [...filters.predicatesOff].map(names.predicate));
  setList(query, "hide", [...filters.hidden].map(names.id));
  setList(query, "add", [...filters.extra].map(names.id));
  setList(query, "pin", [...state.pinned].map(names.id));
  if (state.camera) query.set("at", state.camera);
  return query.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
}

function setList(query, key, values) {
  if (values.length) query.set(key, values.filter(Boolean).sort().slice(0, 200).join(","));
}

/** The state that an address asks for. What this graph does not know is passed over. */
export function readAddress(text, find) {
  const query = new URLSearchParams(text.replace(/^#/, ""));
  const list = (key, look) => (query.get(key) || "").split(",").map(look).filter((value) => value !== undefined && value >= 0);
  const node = (key) => (query.has(key) ? find.node(query.get(key)) ?? -1 : -1);
  const filters = {
    typesOff: new Set(list("off", find.type)), predicatesOff: new Set(list("without", find.predicate)),
    hidden: new Set(list("hide", find.node)), extra: new Set(list("add", find.node)),
    venue: node("venue"), around: node("around"), hops: 1, confidence: 0, connections: 0, from: 0, to: 0,
  };
  for (const [key, field] of Object.entries(NUMBERS)) {
    const value = Number.parseInt(query.get(key) || "", 10);
    if (Number.isFinite(value) && value >= 0 && value < 1e6) filters[field] = value;
  }
  const mode = query.has("path") ? "path" : query.has("with") ? "compare" : "";
  return {
    filters, mode, selected: node("n"), other: mode ? node(mode === "path" ? "path" : "with") : -1,
    pinned: new Set(list("pin", find.node)), camera: readCamera(query.get("at")),
  };
}

export const writeCamera = (camera) => `${camera.x.toFixed(1)},${camera.y.toFixed(1)},${camera.zoom.toPrecision(4)}`;

function readCamera(text) {
  const [x, y, zoom] = (text || "").split(",").map(Number);
  return Number.isFinite(x) && Number.isFinite(y) && zoom > 0 && zoom < 100 ? { x, y, zoom } : null;
}
