import assert from "node:assert/strict";
import test from "node:test";
import { figure, lowIsBetter } from "../page/scores.js";

test("the name of a metric, or the unit, tells which end is the better one", () => {
  for (const metric of ["FID", "word error rate", "false positive rate", "False alarms", "failure rate", "perplexity"]) {
    assert.equal(lowIsBetter(metric, ""), true, metric);
  }
  for (const metric of ["accuracy", "true positive rate", "win rate", "F1"]) assert.equal(lowIsBetter(metric, "%"), false, metric);
  assert.equal(lowIsBetter("", "ms"), true);
});

test("a share is a percentage", () => {
  assert.deepEqual(figure("45/50"), { number: 90, unit: "%" });
  assert.deepEqual(figure("1,204"), { number: 1204, unit: "" });
});
