import assert from "node:assert/strict";
import test from "node:test";
import { applyFilters, filtering, newFilters } from "../page/filters.js";
import { adjacency, bounds, buildGrid, buildNetwork, distances, edgesOf, joining, near, shortestPath } from "../page/network.js";
import { compareNodes } from "../page/pair.js";
import { placeAround, placeHome } from "../page/radial.js";

/** 0 - 1 - 2 - 3 and 0 - 4 - 3, where the way over 4 is stated by more papers; 5 stands alone. */
function small() {
  const ends = [[0, 1], [0, 4], [1, 2], [2, 3], [4, 3]];
  return buildNetwork({
    x: Uint16Array.from([0, 100, 200, 300, 150, 65535]), y: Uint16Array.from([0, 0, 0, 0, 500, 65535]),
    type: Uint8Array.from([0, 1, 1, 2, 1, 1]), papers: Uint32Array.from([9, 1, 1, 5, 3, 0]), confidence: Uint8Array.from([100, 40, 80, 90, 70, 10]),
    first: Uint16Array.from([2018, 2019, 2020, 2021, 0, 2019]), last: Uint16Array.from([2022, 2019, 2020, 2023, 0, 2019]), name: [..."abcdef"],
    from: Uint32Array.from(ends.map(([a], i) => a - (i ? ends[i - 1][0] : 0))), to: Uint32Array.from(ends.map(([, b]) => b)),
    predicate: Uint8Array.from([0, 0, 1, 1, 1]), edgeConfidence: Uint8Array.from([90, 90, 20, 90, 90]),
    edgePapers: Uint16Array.from([1, 4, 1, 1, 4]), edgeFirst: Uint16Array.from([2019, 0, 2020, 2021, 0]), edgeLast: Uint16Array.from([2019, 0, 2020, 2021, 0]),
  });
}

function shown(change) {
  const net = small();
  const filters = { ...newFilters(), ...change };
  applyFilters(net, filters);
  return { nodes: [...net.nodeShown.keys()].filter((v) => net.nodeShown[v]), edges: [...net.edgeShown.keys()].filter((e) => net.edgeShown[e]), net, filters };
}

test("edge starts are summed up from their steps", () => assert.deepEqual([...small().source], [0, 0, 1, 2, 4]));

test("neighbours are found from both ends", () => {
  const { degree, offset, adjacent } = adjacency(3, [0, 1], [1, 2]);
  assert.deepEqual([...degree], [1, 2, 1]);
  assert.deepEqual([...adjacent.slice(offset[1], offset[2])], [0, 1]);
});

test("steps are counted over what passes, up to a limit", () => {
  const net = small();
  assert.deepEqual([...distances(net, 0, null)], [0, 1, 2, 2, 1, -1]);
  assert.deepEqual([...distances(net, 0, null, 1)], [0, 1, -1, -1, 1, -1]);
});

test("a shortest path goes the way that most papers state", () => assert.deepEqual(shortestPath(small(), 0, 3, null), [1, 4]));
test("a path keeps to what is shown", () => assert.deepEqual(shortestPath(small(), 0, 3, Uint8Array.from([1, 0, 1, 1, 1])), [0, 2, 3]));
test("what joins two is found, the strongest first", () => {
  assert.deepEqual([joining(small(), 0, 2, null), joining(small(), 0, 3, null), joining(small(), 1, 3, null)], [[1], [4], [2]]);
  assert.deepEqual(joining(small(), 0, 3, Uint8Array.from([1, 0, 1, 1, 1])), []);
});
test("no path is null", () => assert.equal(shortestPath(small(), 0, 5, null), null));
test("a node is no steps from itself", () => assert.deepEqual(shortestPath(small(), 2, 2, null), []));

const FILTERS = [
  ["nothing", {}, [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4]], ["a type", { typesOff: new Set([1]) }, [0, 3], []],
  ["confidence", { confidence: 75 }, [0, 2, 3], [3]], ["connections", { connections: 2 }, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]],
  ["years, which those without a year fail", { from: 2020, to: 2020 }, [0, 2], []], ["years from", { from: 2023 }, [3], []],
  ["a relation, with what only it held", { predicatesOff: new Set([1]) }, [0, 1, 4], [0, 1]], ["hidden by hand", { hidden: new Set([0]) }, [1, 2, 3, 4, 5], [2, 3, 4]],
  ["brought back by hand", { typesOff: new Set([1]), extra: new Set([4]) }, [0, 3, 4], [1, 4]], ["one step around", { around: 0, hops: 1 }, [0, 1, 4], [0, 1]],
  ["two steps around", { around: 0, hops: 2 }, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]],
];
for (const [name, change, nodes, edges] of FILTERS) {
  test(`filter: ${name}`, () => {
    const result = shown(change);
    assert.deepEqual([result.nodes, result.edges], [nodes, edges]);
    assert.equal(result.net.shown, nodes.length);
    assert.equal(filtering(result.filters), Object.keys(change).length > 0);
  });
}

test("the grid finds every node that is near", () => {
  const net = small();
  const grid = buildGrid(net);
  for (let v = 0; v < net.count; v++) assert.ok([...near(grid, net.x[v], net.y[v], 1)].includes(v));
});

test("bounds of nothing are still a box", () => assert.ok(bounds(small(), new Uint8Array(6)).left < 0));

test("around a node its neighbours stand on one ring, and going home undoes it", () => {
  const { net } = shown({ around: 0, hops: 2 });
  placeAround(net, 0);
  const away = (v) => Math.round(Math.hypot(net.x[v], net.y[v]));
  assert.deepEqual([away(0), away(1) === away(4), away(2) > away(1)], [0, true, true]);
  placeHome(net);
  assert.deepEqual([...net.x], [...net.homeX]);
});

test("comparison parts what is shared from what is not", () => {
  const { shared, only } = compareNodes(small(), 2, 4);
  assert.deepEqual([...shared], [["1 out", [3]]]);
  assert.deepEqual([...only[0]], [["1 in", [1]]]);
  assert.deepEqual([...only[1]], [["0 in", [0]]]);
});

test("edges of a node respect the mask", () => assert.deepEqual(edgesOf(small(), 0, Uint8Array.from([0, 1, 1, 1, 1])), [1]));
