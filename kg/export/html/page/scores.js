// Figures as numbers: their unit, the scale that those of one metric share, and which end of it is the better one.

const NUMBER = /-?\d[\d,]*(?:\.\d+)?/;
const SHARE = /^\D*(\d+)\s*(?:\/|out of)\s*(\d+)/;
const UNITS = [
  ["%", /^\s*\\?%|^\s*percent/i], ["ms", /^\s*(?:ms|millisec\w*)\b/i], ["µs", /^\s*[uµ]s\b/i], ["s", /^\s*(?:s|secs?|seconds?)\b/i],
  ["min", /^\s*(?:min|minutes?)\b/i], ["h", /^\s*(?:h|hours?)\b/i], ["GB", /^\s*GB\b/], ["MB", /^\s*MB\b/], ["KB", /^\s*KB\b/i],
  ["FPS", /^\s*fps\b/i], ["dB", /^\s*dB\b/], ["tokens/s", /^\s*tokens?\/s/i], ["Hz", /^\s*[km]?Hz\b/i], ["J", /^\s*[num]?J\b/],
];
const SPENT = new Set(["ms", "µs", "s", "min", "h", "GB", "MB", "KB", "J"]);
const LOW = new RegExp(
  "\\b(?:errors?|loss|perplexity|distances?|latency|delay|runtime|(?:inference|training|decoding|response|running|wall-clock) time|" +
  "time to first token|memory|costs?|flops|divergence|regret|toxicity|hallucinations?|drift|forgetting|bits[ -]per[ -]\\w+|" +
  "negative log.?likelihood|carbon|energy consumption|failures?|failure rate|collisions?|" +
  "false[ -](?:positives?|negatives?|alarms?|discover(?:y|ies)|acceptances?|rejections?|refusals?))\\b|" +
  "\\b(?:[gr]?fid|fvd|kid|fad|lpips|wer|cer|mer|der|mae|mse|n?rmse|mape|eer|ece|nme|epe|ppl|bpb|bpd|nll|nfe|ttft|rtf|fpr|ate|rpe)\\b", "i");

/** The number that a figure states, and its unit: "" for a bare one. A share ("45/50") is a percentage. */
export function figure(value) {
  const share = SHARE.exec(value);
  if (share && Number(share[2]) > 0) return { number: 100 * Number(share[1]) / Number(share[2]), unit: "%" };
  const found = NUMBER.exec(value);
  if (!found) return { number: NaN, unit: "" };
  const rest = value.slice(found.index + found[0].length);
  const unit = UNITS.find(([, pattern]) => pattern.test(rest));
  return { number: Number(found[0].replaceAll(",", "")), unit: unit ? unit[0] : "" };
}

/** Whether a low figure is the better one, as far as the name of the metric and the unit tell. */
export const lowIsBetter = (metric, unit) => SPENT.has(unit) || LOW.test(metric);

/**
 * Numbers of figures of one metric on one scale: where most of the bare ones are fractions, a fraction beside percentages
 * is made one too.
 */
export function onOneScale(figures) {
  const bare = figures.filter((one) => one.unit !== "%");
  const isFraction = (one) => one.unit === "" && Math.abs(one.number) <= 1;
  const fractions = bare.filter(isFraction).length;
  const raised = fractions * 2 > bare.length && fractions < figures.length;
  return figures.map((one) => (raised && isFraction(one) ? 100 * one.number : one.number));
}
