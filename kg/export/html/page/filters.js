// Which nodes and edges pass: by type, predicate, years, venue, confidence, connections, and by hand.

export function newFilters() {
  return {
    typesOff: new Set(), predicatesOff: new Set(), confidence: 0, connections: 0, from: 0, to: 0, venue: -1,
    hidden: new Set(), extra: new Set(), around: -1, hops: 1,
  };
}

/** Whether anything is filtered at all. */
export function filtering(filters) {
  const plain = !filters.typesOff.size && !filters.predicatesOff.size && !filters.hidden.size && filters.around < 0;
  return !plain || filters.confidence > 0 || filters.connections > 0 || filters.from > 0 || filters.to > 0 || filters.venue >= 0;
}

/** Fill `net.nodeShown` and `net.edgeShown`, and count them in `net.shown` and `net.edgesShown`. */
export function applyFilters(net, filters) {
  net.nodeShown ||= new Uint8Array(net.count);
  net.edgeShown ||= new Uint8Array(net.edges);
  const years = filters.from > 0 || filters.to > 0;
  const low = filters.from || 0;
  const high = filters.to || 9999;
  const venue = filters.venue >= 0 ? atVenue(net, filters.venue) : null;
  const types = offMask(filters.typesOff);
  for (let v = 0; v < net.count; v++) {
    let shown = !types[net.type[v]] && net.confidence[v] >= filters.confidence && net.degree[v] >= filters.connections;
    if (shown && years) shown = net.first[v] > 0 && net.first[v] <= high && net.last[v] >= low;
    if (shown && venue) shown = venue[v] === 1;
    net.nodeShown[v] = shown ? 1 : 0;
  }
  for (const node of filters.extra) net.nodeShown[node] = 1;
  for (const node of filters.hidden) net.nodeShown[node] = 0;
  showEdges(net, filters, years ? [low, high] : null);
  if (filters.predicatesOff.size) dropStranded(net, filters);
  if (filters.around >= 0) keepAround(net, filters);
  net.shown = total(net.nodeShown);
  net.edgesShown = total(net.edgeShown);
}

function showEdges(net, filters, years) {
  const off = offMask(filters.predicatesOff);
  for (let e = 0; e < net.edges; e++) {
    let shown = net.nodeShown[net.source[e]] && net.nodeShown[net.target[e]];
    shown &&= !off[net.predicate[e]] && net.edgeConfidence[e] >= filters.confidence;
    if (shown && years && net.edgeFirst[e]) shown = net.edgeFirst[e] <= years[1] && net.edgeLast[e] >= years[0];
    net.edgeShown[e] = shown ? 1 : 0;
  }
}

/** With some relations switched off, a node that only those held has nothing left to say. */
function dropStranded(net, filters) {
  const held = new Uint8Array(net.count);
  for (let e = 0; e < net.edges; e++) {
    if (net.edgeShown[e]) held[net.source[e]] = held[net.target[e]] = 1;
  }
  for (let v = 0; v < net.count; v++) {
    if (!held[v] && !filters.extra.has(v)) net.nodeShown[v] = 0;
  }
}

/** The ego view: what is within `hops` of a node over shown edges, and what was added by hand. */
function keepAround(net, filters) {
  const kept = new Uint8Array(net.count);
  let rim = [filters.around];
  kept[filters.around] = 1;
  net.nodeShown[filters.around] = 1;
  for (let hop = 0; hop < filters.hops; hop++) {
    const next = [];
    for (const node of rim) {
      for (let i = net.offset[node]; i < net.offset[node + 1]; i++) {
        const edge = net.adjacent[i];
        const other = net.source[edge] === node ? net.target[edge] : net.source[edge];
        if (net.edgeShown[edge] && !kept[other]) {
          kept[other] = 1;
          next.push(other);
        }
      }
    }
    rim = next;
  }
  for (const node of filters.extra) if (!filters.hidden.has(node)) kept[node] = 1;
  for (let v = 0; v < net.count; v++) net.nodeShown[v] &= kept[v];
  for (let e = 0; e < net.edges; e++) net.edgeShown[e] &= net.nodeShown[net.source[e]] & net.nodeShown[net.target[e]];
}

function atVenue(net, venue) {
  const kept = new Uint8Array(net.count);
  kept[venue] = 1;
  for (let i = net.offset[venue]; i < net.offset[venue + 1]; i++) kept[net.source[net.adjacent[i]]] = 2;
  for (let e = 0; e < net.edges; e++) {
    if (kept[net.source[e]] === 2 && !kept[net.target[e]]) kept[net.target[e]] = 1;
  }
  return kept.map((value) => (value ? 1 : 0));
}

function offMask(set) {
  const mask = new Uint8Array(256);
  for (const value of set) mask[value] = 1;
  return mask;
}

function total(mask) {
  let sum = 0;
  for (let i = 0; i < mask.length; i++) sum += mask[i];
  return sum;
}
