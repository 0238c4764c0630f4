// Search over names and aliases that forgives typing mistakes.
//
// Every name is cut into words; each distinct word knows the names that hold it. A typed word finds words that equal
// it, begin with it, or are a few letters away from it (bit-parallel edit distance after Myers, JACM 1999).

const DISTANCE_FROM = 4; // shorter words must match as typed
const FEW = 12;

export const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const cut = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** An empty index; `extendIndex` fills it piece by piece so that the page stays live meanwhile. */
export function newIndex() {
  return { numbers: new Map(), list: [], postings: [], forms: [], owners: [] };
}

/** Add one spelling of a node. */
export function addForm(index, node, text) {
  const form = folded(text);
  const number = index.forms.push(form) - 1;
  index.owners.push(node);
  const parts = cut(form);
  for (const word of parts) post(index, word, number);
  if (parts.length > 1 && form.length <= 24) post(index, parts.join(""), number);
}

function post(index, word, number) {
  let place = index.numbers.get(word);
  if (place === undefined) {
    place = index.list.push(word) - 1;
    index.numbers.set(word, place);
    index.postings.push([]);
  }
  const rows = index.postings[place];
  if (rows[rows.length - 1] !== number) rows.push(number);
}

/** Nodes for a query, best first: `[{node, form}]`, at most `limit`, each node once. */
export function find(index, query, limit = FEW) {
  const wanted = folded(query.trim());
  const parts = cut(wanted);
  if (!parts.length) return [];
  const strict = gather(index, parts, false);
  const found = strict.size >= 3 ? strict : merge(strict, gather(index, parts, true));
  const joined = parts.length > 1 ? gather(index, [parts.join("")], true) : null;
  return best(index, joined ? merge(found, joined) : found, wanted, limit);
}

/** Penalty by form, for forms that hold every typed word. */
function gather(index, parts, loose) {
  let kept = null;
  for (const part of parts) {
    const rows = new Map();
    for (const [place, penalty] of alike(index, part, loose)) {
      for (const form of index.postings[place]) {
        const sum = kept === null ? penalty : kept.has(form) ? kept.get(form) + penalty : -1;
        if (sum >= 0 && (rows.get(form) ?? Infinity) > sum) rows.set(form, sum);
      }
    }
    kept = rows;
    if (!kept.size) break;
  }
  return kept;
}

function merge(one, two) {
  for (const [form, penalty] of two) if ((one.get(form) ?? Infinity) > penalty) one.set(form, penalty);
  return one;
}

/** Words of the index like `part`: [place, penalty]; 0 is the word itself, 1 begins with it, 4 and more differ. */
function alike(index, part, loose) {
  const found = [];
  const allowed = !loose || part.length < DISTANCE_FROM ? 0 : part.length < 8 ? 1 : 2;
  const masks = allowed ? letterMasks(part) : null;
  for (let place = 0; place < index.list.length; place++) {
    const word = index.list[place];
    if (word.startsWith(part)) found.push([place, word.length === part.length ? 0 : 1]);
    else if (allowed && word.length >= part.length - allowed && part.length <= 31) {
      const steps = distance(masks, part.length, word, part.length + allowed, allowed);
      if (steps <= allowed) found.push([place, 2 + 2 * steps]);
    }
  }
  return found;
}

const LETTERS = new Int32Array(65536);

function letterMasks(pattern) {
  LETTERS.fill(0);
  for (let i = 0; i < pattern.length; i++) LETTERS[pattern.charCodeAt(i)] |= 1 << i;
  return LETTERS;
}

/** Least edit distance between the pattern and any beginning of `word`; a swap of two letters counts two. */
function distance(masks, length, word, reach, allowed) {
  const high = 1 << (length - 1);
  let plus = -1;
  let minus = 0;
  let score = length;
  let least = score;
  for (let i = 0; i < Math.min(word.length, reach); i++) {
    const equal = masks[word.charCodeAt(i)];
    const vertical = equal | minus;
    const diagonal = (((equal & plus) + plus) ^ plus) | equal;
    let up = minus | ~(diagonal | plus);
    let down = plus & diagonal;
    if (up & high) score++;
    else if (down & high) score--;
    if (score < least) least = score;
    if (i > length + allowed && least <= allowed) break;
    up = (up << 1) | 1;
    down <<= 1;
    plus = down | ~(vertical | up);
    minus = up & vertical;
  }
  return least;
}

function best(index, found, wanted, limit) {
  const rows = [...found].map(([form, penalty]) => ({ form, node: index.owners[form], cost: cost(index, form, penalty, wanted) }));
  rows.sort((one, two) => one.cost - two.cost || one.node - two.node || one.form - two.form);
  const seen = new Set();
  const result = [];
  for (const row of rows) {
    if (seen.has(row.node)) continue;
    seen.add(row.node);
    result.push({ node: row.node, form: row.form });
    if (result.length === limit) break;
  }
  return result;
}

/** Lower is better: exact names first, then beginnings, then importance (a node's index is its rank) and brevity. */
function cost(index, form, penalty, wanted) {
  const text = index.forms[form];
  const exact = text === wanted ? -40 : text.startsWith(wanted) ? -6 : text.includes(wanted) ? -3 : 0;
  return exact + 4 * penalty + Math.log2(2 + index.owners[form]) + Math.min(8, text.length / 12);
}
