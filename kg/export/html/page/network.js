// The graph as typed arrays, with neighbours by node. A node's index is its rank: 0 is the most important.

const SPACING = 26; // world units between neighbouring nodes; at zoom 1 a unit is a pixel

/** Columns of the graph table, made ready: edge starts summed up, positions in world units, adjacency. */
export function buildNetwork(columns) {
  const count = columns.type.length;
  const edges = columns.to.length;
  const side = (SPACING * Math.sqrt(Math.max(count, 40))) / 65535;
  const net = { ...columns, count, edges, names: columns.name };
  net.homeX = Float32Array.from(columns.x, (value) => (value - 32767.5) * side);
  net.homeY = Float32Array.from(columns.y, (value) => (value - 32767.5) * side);
  net.x = net.homeX.slice();
  net.y = net.homeY.slice();
  net.source = runningSum(columns.from);
  net.target = columns.to;
  Object.assign(net, adjacency(count, net.source, net.target));
  net.radius = Float32Array.from(net.degree, (degree, node) => Math.min(30, 2.6 + 1.15 * Math.sqrt(Math.max(degree, net.papers[node]))));
  return net;
}

function runningSum(steps) {
  const sums = new Uint32Array(steps.length);
  let sum = 0;
  for (let i = 0; i < steps.length; i++) sums[i] = sum += steps[i];
  return sums;
}

/** `offset[v]` to `offset[v + 1]` are the places in `adjacent` of the edges that touch v. */
export function adjacency(count, source, target) {
  const degree = new Uint32Array(count);
  for (let e = 0; e < source.length; e++) {
    degree[source[e]]++;
    degree[target[e]]++;
  }
  const offset = new Uint32Array(count + 1);
  for (let v = 0; v < count; v++) offset[v + 1] = offset[v] + degree[v];
  const next = offset.slice(0, count);
  const adjacent = new Uint32Array(source.length * 2);
  for (let e = 0; e < source.length; e++) {
    adjacent[next[source[e]]++] = e;
    adjacent[next[target[e]]++] = e;
  }
  return { degree, offset, adjacent };
}

export const otherEnd = (net, edge, node) => (net.source[edge] === node ? net.target[edge] : net.source[edge]);

/** Edges that touch a node and pass `mask` (or all). */
export function edgesOf(net, node, mask) {
  const found = [];
  for (let i = net.offset[node]; i < net.offset[node + 1]; i++) {
    const edge = net.adjacent[i];
    if (!mask || mask[edge]) found.push(edge);
  }
  return found;
}

/** Steps from `start` to every node over edges that pass `mask`, up to `limit`; unreached nodes hold -1. */
export function distances(net, start, mask, limit = Infinity) {
  const steps = new Int32Array(net.count).fill(-1);
  const queue = new Uint32Array(net.count);
  let head = 0;
  let tail = 0;
  steps[start] = 0;
  queue[tail++] = start;
  while (head < tail) {
    const node = queue[head++];
    if (steps[node] >= limit) break;
    for (let i = net.offset[node]; i < net.offset[node + 1]; i++) {
      const edge = net.adjacent[i];
      if (mask && !mask[edge]) continue;
      const other = otherEnd(net, edge, node);
      if (steps[other] < 0) {
        steps[other] = steps[node] + 1;
        queue[tail++] = other;
      }
    }
  }
  return steps;
}

/** Edges of a shortest path, or null; of several the one whose steps most papers state, then the stronger nodes. */
export function shortestPath(net, start, goal, mask) {
  const steps = distances(net, goal, mask);
  if (steps[start] < 0) return null;
  const path = [];
  for (let node = start; node !== goal; ) {
    let best = -1;
    for (const edge of edgesOf(net, node, mask)) {
      const other = otherEnd(net, edge, node);
      if (steps[other] !== steps[node] - 1) continue;
      if (best < 0 || better(net, edge, best, node)) best = edge;
    }
    path.push(best);
    node = otherEnd(net, best, node);
  }
  return path;
}

/** Nodes that touch both of two over edges that pass `mask`, those that most papers join to them first. */
export function joining(net, one, two, mask) {
  const strengths = [one, two].map((end) => {
    const found = new Map();
    for (const edge of edgesOf(net, end, mask)) {
      const other = otherEnd(net, edge, end);
      found.set(other, Math.max(found.get(other) || 0, net.edgePapers[edge] * net.edgeConfidence[edge]));
    }
    return found;
  });
  const both = [...strengths[0].keys()].filter((node) => strengths[1].has(node) && node !== one && node !== two);
  const strength = (node) => Math.min(strengths[0].get(node), strengths[1].get(node));
  return both.sort((a, b) => strength(b) - strength(a) || a - b);
}

function better(net, edge, than, node) {
  const gain = net.edgePapers[edge] * net.edgeConfidence[edge] - net.edgePapers[than] * net.edgeConfidence[than];
  return gain > 0 || (gain === 0 && otherEnd(net, edge, node) < otherEnd(net, than, node));
}

/** A grid over the nodes, for finding the one under the pointer. */
export function buildGrid(net) {
  const box = bounds(net, null);
  const cell = Math.max(1e-6, Math.sqrt(((box.right - box.left) * (box.bottom - box.top)) / Math.max(1, net.count / 4)));
  const wide = Math.max(1, Math.min(4096, Math.ceil((box.right - box.left) / cell + 1e-6)));
  const high = Math.max(1, Math.min(4096, Math.ceil((box.bottom - box.top) / cell + 1e-6)));
  const place = (node) => {
    const column = Math.min(wide - 1, Math.floor((net.x[node] - box.left) / cell));
    return Math.min(high - 1, Math.floor((net.y[node] - box.top) / cell)) * wide + column;
  };
  const start = new Uint32Array(wide * high + 1);
  for (let v = 0; v < net.count; v++) start[place(v) + 1]++;
  for (let c = 0; c < wide * high; c++) start[c + 1] += start[c];
  const next = start.slice();
  const members = new Uint32Array(net.count);
  for (let v = 0; v < net.count; v++) members[next[place(v)]++] = v;
  return { ...box, cell, wide, high, start, members };
}

/** Every node whose cell touches the square of half-width `reach` around (x, y). */
export function* near(grid, x, y, reach) {
  const first = Math.max(0, Math.floor((x - reach - grid.left) / grid.cell));
  const last = Math.min(grid.wide - 1, Math.floor((x + reach - grid.left) / grid.cell));
  const top = Math.max(0, Math.floor((y - reach - grid.top) / grid.cell));
  const bottom = Math.min(grid.high - 1, Math.floor((y + reach - grid.top) / grid.cell));
  for (let row = top; row <= bottom; row++) {
    for (let i = grid.start[row * grid.wide + first]; i < grid.start[row * grid.wide + last + 1]; i++) yield grid.members[i];
  }
}

/** The box around the nodes that pass `mask` (or all). */
export function bounds(net, mask) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let v = 0; v < net.count; v++) {
    if (mask && !mask[v]) continue;
    if (net.x[v] < box.left) box.left = net.x[v];
    if (net.x[v] > box.right) box.right = net.x[v];
    if (net.y[v] < box.top) box.top = net.y[v];
    if (net.y[v] > box.bottom) box.bottom = net.y[v];
  }
  return box.left <= box.right ? box : { left: -50, top: -50, right: 50, bottom: 50 };
}
