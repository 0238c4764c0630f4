// Links out of the page: only web addresses become links, everything else stays text.

import { el, icon } from "./dom.js";

/** The address if it is one that is safe to follow, else "". */
export function safeAddress(text) {
  if (!/^https?:\/\//i.test(text)) return "";
  try {
    const address = new URL(text);
    return address.protocol === "https:" || address.protocol === "http:" ? address.href : "";
  } catch {
    return "";
  }
}

export function anchor(address, label) {
  const safe = safeAddress(address);
  if (!safe) return el("span", { className: "plain-link", dir: "auto" }, label);
  return el("a", { href: safe, target: "_blank", rel: "noopener noreferrer", className: "out", dir: "auto" }, label, icon("link"));
}

const SCHEMES = { arxiv: ["arXiv ", "https://arxiv.org/abs/"], doi: ["DOI ", "https://doi.org/"] };

function byIdentifier(identifier) {
  const [, scheme, rest] = /^(arxiv|doi):(.+)$/i.exec(identifier) || [];
  if (!scheme) return anchor(identifier, identifier.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, ""));
  const [label, base] = SCHEMES[scheme.toLowerCase()];
  return anchor(base + encodeURI(rest), label + rest);
}

/** All links of a node: arXiv, DOI, its own address, identifiers. */
export function linksOf(text, node) {
  const listed = [
    text.arxiv[node] && `arxiv:${text.arxiv[node]}`, text.doi[node] && `doi:${text.doi[node].replace(/^https?:\/\/(dx\.)?doi\.org\//, "")}`,
    text.url[node], ...listOf(text.identifiers[node]),
  ];
  return [...new Set(listed.filter(Boolean))].map(byIdentifier);
}

/** The values of a list column. */
export const listOf = (value) => (value ? value.split("\x1e") : []);
