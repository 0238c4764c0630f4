// What else a node is called: spellings that differ in more than case, hyphens and number first, all on demand.

import { el, replace, spoken } from "./dom.js";
import { listOf } from "./links.js";
import { folded } from "./search.js";

const FEW_ALIASES = 6;

const bare = (text) => folded(text).replace(/[^\p{L}\p{N}]+/gu, "").replace(/s$/, "");

/** Aliases that say more than the name and each other do: short ones first, those that merely lengthen the name last. */
export function tellingAliases(name, aliases) {
  const own = bare(name);
  const seen = new Set([own]);
  const telling = aliases.filter((alias) => !seen.has(bare(alias)) && seen.add(bare(alias)));
  const longer = (alias) => own.length > 0 && bare(alias).includes(own);
  return telling.sort((one, two) => longer(one) - longer(two) || one.length - two.length);
}

/** The line of other names below a heading, or null. */
export function aliasLine(app, node) {
  const all = listOf(app.text.aliases[node]);
  const few = tellingAliases(app.net.names[node], all).slice(0, FEW_ALIASES);
  if (!all.length) return null;
  const line = el("p", { className: "aliases" });
  const listed = (names) => [el("span", {}, "also "), names.map((alias, i) => [i ? ", " : "", el("bdi", {}, alias)])];
  const rest = all.length - few.length;
  const more = el("button", { type: "button", className: "more", onclick: () => replace(line, listed(all)) }, few.length ? `and ${spoken(rest)} more` : rest === 1 ? "1 other spelling" : `${spoken(rest)} other spellings`);
  replace(line, few.length ? listed(few) : null, rest ? [" ", more] : null);
  return line;
}
