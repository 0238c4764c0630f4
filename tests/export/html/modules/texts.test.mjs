import assert from "node:assert/strict";
import test from "node:test";
import { tellingAliases } from "../page/aliases.js";
import { readAddress, writeAddress, writeCamera } from "../page/address.js";
import { words } from "../page/dom.js";
import { csvLine, escaped } from "../page/files.js";
import { newFilters } from "../page/filters.js";
import { listOf, safeAddress } from "../page/links.js";
import { inverseWords } from "../page/panel.js";

const IDS = ["method/a", "paper/b-é&c", "venue/v,w"];
const TYPES = ["Paper", "Method"];
const names = { id: (n) => IDS[n], type: (n) => TYPES[n], predicate: (n) => ["uses", "basedOn"][n] };
const at = (list) => (name) => { const place = list.indexOf(name); return place < 0 ? undefined : place; };
const find = { node: at(IDS), type: at(TYPES), predicate: at(["uses", "basedOn"]) };
const plain = { filters: newFilters(), mode: "", selected: -1, other: -1, pinned: new Set(), camera: "" };

test("the first view has an empty address", () => assert.equal(writeAddress(plain, names), ""));

test("an address brings back the whole state", () => {
  const filters = { ...newFilters(), typesOff: new Set([0]), predicatesOff: new Set([1]), confidence: 40, connections: 3, from: 2019, to: 2021, around: 0, hops: 2, hidden: new Set([1]), extra: new Set([0]) };
  const state = { ...plain, filters, mode: "path", selected: 1, other: 0, pinned: new Set([1]), camera: writeCamera({ x: 1.26, y: -2, zoom: 0.51234 }) };
  const read = readAddress(`#${writeAddress(state, names)}`, find);
  assert.deepEqual(read, { ...state, camera: { x: 1.3, y: -2, zoom: 0.5123 } });
});

for (const text of ["", "#", "#n=unknown/x", "#c=abc&d=-4&from=99999999", "#at=1,2", "#at=a,b,c", "#off=Nope,,", "#n=<script>", "#%E0%A4%A"]) {
  test(`the address "${text}" is read as the first view`, () => assert.deepEqual(readAddress(text, find), { ...plain, camera: null }));
}

const CELLS = [
  [["a", 1, ""], "a,1,\r\n"], [['say "x"', "b,c", "d\ne"], '"say ""x""","b,c","d\ne"\r\n'], [["=1+1", "@x", "+4", "-cmd"], "'=1+1,'@x,'+4,'-cmd\r\n"],
  [["-1.5", "-"], "-1.5,'-\r\n"],
];
for (const [values, line] of CELLS) test(`CSV of ${JSON.stringify(values)}`, () => assert.equal(csvLine(values), line));

for (const address of ["https://example.org/a?b#c", "http://example.org/", "HTTPS://EXAMPLE.ORG/"]) test(`${address} is followed`, () => assert.ok(safeAddress(address)));
for (const address of ["javascript:alert(1)", "data:text/html,x", " https://example.org", "//example.org", "ftp://example.org", "https://", "", "file:///etc/passwd", "java\nscript:x"]) {
  test(`${JSON.stringify(address)} is not`, () => assert.equal(safeAddress(address), ""));
}

test("an empty list has no values", () => assert.deepEqual([listOf(""), listOf("a"), listOf("a\x1eb")], [[], ["a"], ["a", "b"]]));
test("text for XML is spelt out", () => assert.equal(escaped('<a href="x">&\u0001'), "&lt;a href=&quot;x&quot;&gt;&amp;"));
test("predicates read as words", () => assert.deepEqual(["evaluatesOn", "uses", "hasModel"].map(words), ["evaluates on", "uses", "has model"]));
test("and backwards", () => assert.deepEqual(["evaluatesOn", "hasModel", "broader", "metric"].map(inverseWords), ["evaluates on this", "model of", "narrower", "metric of"]));

const CALLED = [
  ["coding agent", ["Coding Agents", "coding-agent", "Code Agent"], ["Code Agent"]],
  ["GRPO", ["Flow GRPO", "Group Relative Policy Optimization", "G2RPO", "g2rpo", "GRPOs"], ["G2RPO", "Group Relative Policy Optimization", "Flow GRPO"]],
  ["图", ["图", "表"], ["表"]], ["---", ["a", "A"], ["a"]],
];
for (const [name, aliases, telling] of CALLED) test(`of what else ${name} is called, ${telling} is told`, () => assert.deepEqual(tellingAliases(name, aliases), telling));
