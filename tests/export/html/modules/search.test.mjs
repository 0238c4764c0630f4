import assert from "node:assert/strict";
import test from "node:test";
import { addForm, find, findByNumber, folded, newIndex } from "../page/search.js";

const NAMES = [
  "Transformer", "Vision Transformer", "LoRA", "QLoRA", "GPT-4", "GPT-4.1", "3D Gaussian Splatting", "CIFAR-100", "ImageNet",
  "Reinforcement Learning from Human Feedback", "Café", "Stable Diffusion", "図書館 Reader", "a", "ResNet-50",
];
const index = newIndex();
NAMES.forEach((name, node) => addForm(index, node, name));
addForm(index, 9, "RLHF");
const first = (query) => NAMES[find(index, query)[0]?.node];

const GOOD = [
  ["transformer", "Transformer"], ["transfomer", "Transformer"], ["vision tranformer", "Vision Transformer"], ["lora", "LoRA"],
  ["gpt4", "GPT-4"], ["gpt-4.1", "GPT-4.1"], ["gausian splating", "3D Gaussian Splatting"], ["cifar 100", "CIFAR-100"],
  ["cifar100", "CIFAR-100"], ["imagnet", "ImageNet"], ["image net", "ImageNet"], ["rlhf", NAMES[9]], ["cafe", "Café"],
  ["CAFÉ", "Café"], ["stabel difusion", "Stable Diffusion"], ["図書館", "図書館 Reader"], ["resn", "ResNet-50"], ["  lora  ", "LoRA"],
];
for (const [query, name] of GOOD) test(`"${query}" finds ${name}`, () => assert.equal(first(query), name));

for (const query of ["", "   ", "---", "qqqqqqqq", "zzz", "xyzzy plugh"]) {
  test(`"${query}" finds nothing`, () => assert.deepEqual(find(index, query), []));
}

test("each node is named once and at most as many as asked for", () => {
  const nodes = find(index, "r", 4).map((row) => row.node);
  assert.equal(new Set(nodes).size, nodes.length);
  assert.ok(nodes.length <= 4);
});

test("of equal matches the stronger node comes first", () => {
  const twins = newIndex();
  addForm(twins, 7, "Mix");
  addForm(twins, 2, "Mix");
  assert.deepEqual(find(twins, "mix").map((row) => row.node), [2, 7]);
});

test("marks above letters are folded away", () => assert.equal(folded("Ångström É"), "angstrom e"));

test("words longer than a machine word do not break the search", () => assert.deepEqual(find(index, "x".repeat(80)), []));

test("things that are called so come before things that are also called so", () => {
  const mixed = newIndex();
  addForm(mixed, 0, "Video Making");
  addForm(mixed, 0, "Small Diffusion Model Video Making");
  addForm(mixed, 100, "Latent Diffusion Model");
  assert.deepEqual(find(mixed, "diffusion model").map((row) => row.node), [100, 0]);
});

const TEXT = { id: ["a", "b", "c"], arxiv: ["1706.03762", "", ""], doi: ["", "https://doi.org/10.5555/AbC.1", ""], identifiers: ["", "", "arxiv:1706.03762\x1edoi:10.1/x"] };
const NUMBERS = [
  ["1706.03762", [0, 2]], ["arXiv:1706.03762v5", [0, 2]], ["https://arxiv.org/abs/1706.03762", [0, 2]], ["https://arxiv.org/pdf/1706.03762v2.pdf", [0, 2]],
  ["10.5555/abc.1", [1]], ["https://doi.org/10.5555/ABC.1", [1]], ["1706.0376", []], ["2024", []], ["attention 1706.03762", []], ["", []],
];
for (const [query, nodes] of NUMBERS) test(`the number "${query}" finds ${nodes}`, () => assert.deepEqual(findByNumber(TEXT, query).map((row) => row.node), nodes));

test("figures come after what they measure", () => {
  const mixed = newIndex();
  addForm(mixed, 40, "7 on AgentBench");
  mixed.minor.add(40);
  addForm(mixed, 900, "Web AgentBench");
  assert.deepEqual(find(mixed, "agentbench").map((row) => row.node), [900, 40]);
});
