// The ego view: one node in the middle, its neighbours around it by relation, theirs further out.

import { distances, edgesOf, otherEnd } from "./network.js";

const RING = 150;
const SEAT = 30; // room for one node along a ring

/** Place the nodes shown around `centre` on rings; the others stay where they are, unshown. */
export function placeAround(net, centre) {
  const steps = distances(net, centre, net.edgeShown);
  const rings = [[centre]];
  const angle = new Float32Array(net.count);
  for (let node = 0; node < net.count; node++) {
    if (!net.nodeShown[node] || node === centre) continue;
    const ring = steps[node] > 0 ? steps[node] : -1;
    if (ring > 0) (rings[ring] ||= []).push(node);
    else (rings[0].lost ||= []).push(node);
  }
  if (rings[0].lost) rings.push(rings[0].lost);
  net.x[centre] = net.y[centre] = 0;
  let inner = 0;
  for (let ring = 1; ring < rings.length; ring++) {
    const members = rings[ring] || [];
    const keys = new Map(members.map((node) => [node, sortKey(net, node, steps, angle, ring)]));
    members.sort((one, two) => keys.get(one)[0] - keys.get(two)[0] || keys.get(one)[1] - keys.get(two)[1] || one - two);
    inner = setRing(net, members, angle, inner + RING);
  }
}

/** First ring: by relation, then type. Further out: near the neighbour through which it is reached. */
function sortKey(net, node, steps, angle, ring) {
  const edges = edgesOf(net, node, net.edgeShown).filter((edge) => steps[otherEnd(net, edge, node)] === ring - 1);
  if (ring === 1) return [edges.length ? net.predicate[edges[0]] : 0, net.type[node]];
  let x = 0;
  let y = 0;
  for (const edge of edges) {
    const parent = otherEnd(net, edge, node);
    x += Math.cos(angle[parent]);
    y += Math.sin(angle[parent]);
  }
  return [(Math.atan2(y, x) + 2.5 * Math.PI) % (2 * Math.PI), net.type[node]];
}

/** Seat members on as many circles as they need from `radius` outwards, large ones on wider seats; returns the last radius. */
function setRing(net, members, angle, radius) {
  const width = (node) => Math.max(1, net.radius[node] / 9);
  const all = members.reduce((sum, node) => sum + width(node), 0);
  const circles = Math.max(1, Math.ceil((-radius + Math.sqrt(radius * radius + (all * SEAT * SEAT) / Math.PI)) / SEAT));
  const stride = strideOf(circles);
  let seated = 0;
  members.forEach((node, i) => {
    const turn = (2 * Math.PI * (seated + width(node) / 2)) / all - Math.PI / 2;
    seated += width(node);
    const away = radius + ((i * stride) % circles) * SEAT;
    angle[node] = turn;
    net.x[node] = away * Math.cos(turn);
    net.y[node] = away * Math.sin(turn);
  });
  return radius + (circles - 1) * SEAT;
}

/** A step through the circles that visits each and keeps those who sit side by side far apart. */
function strideOf(circles) {
  const common = (a, b) => (b ? common(b, a % b) : a);
  let stride = Math.max(1, Math.round(circles * 0.382));
  while (common(stride, circles) > 1) stride++;
  return stride;
}

export function placeHome(net) {
  net.x.set(net.homeX);
  net.y.set(net.homeY);
}
