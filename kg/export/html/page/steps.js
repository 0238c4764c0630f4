// Back and forward within the page: every choice is a step, and the two buttons know whether there is one to go to.

import { byId } from "./dom.js";

const steps = { at: 0, last: 0, begun: false };

/** Put the address into the browser's history, as a new step or in place of the present one. */
export function writeStep(address, push) {
  if (push) steps.last = ++steps.at;
  history[push ? "pushState" : "replaceState"]({ step: steps.at }, "", address);
  showSteps();
}

/** The browser has gone to another entry of its history; one that it made itself, for a link, is a new step. */
export function readStep() {
  const known = history.state?.step;
  if (known === undefined) {
    if (steps.begun) steps.last = ++steps.at;
    writeStep(location.href, false);
  } else {
    steps.at = known;
    steps.last = steps.begun ? Math.max(steps.last, known) : Infinity; // after a reload nobody knows what lies ahead
  }
  steps.begun = true;
  showSteps();
}

function showSteps() {
  if (!byId("tool-back")) return;
  byId("tool-back").disabled = steps.at === 0;
  byId("tool-forward").disabled = steps.at >= steps.last;
}
