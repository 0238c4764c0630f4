import assert from "node:assert/strict";
import test from "node:test";
import { addForm, find, folded, newIndex } from "../page/search.js";

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
  addForm(mixed, 0, "Diffusion Model Video Making");
  addForm(mixed, 100, "Latent Diffusion Model");
  assert.deepEqual(find(mixed, "diffusion model").map((row) => row.node), [100, 0]);
});
