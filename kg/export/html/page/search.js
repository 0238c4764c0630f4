// Search over names and aliases that forgives typing mistakes.
//
// Every name is cut into words; each distinct word knows the names that hold it. A typed word finds words that equal
// it, begin with it, or are a few letters away from it (bit-parallel edit distance after Myers, JACM 1999).

const DISTANCE_FROM = 4; // shorter words must match as typed
const FEW = 12;
const NEVER = 255;

export const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const cut = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

const ARXIV = /^(?:https?:\/\/)?(?:arxiv\.org\/(?:abs|pdf)\/|arxiv:)?\s*(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$/i;
const DOI = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)?\s*(10\.\d{4,9}\/\S+)$/i;

/** Nodes that have the arXiv number or the DOI which a query is, papers and whatever else is known by it. */
export function findByNumber(text, query) {
  const [, arxiv] = ARXIV.exec(query.trim()) || [];
  const [, doi] = DOI.exec(query.trim().toLowerCase()) || [];
  if (!arxiv && !doi) return [];
  const wanted = arxiv ? `arxiv:${arxiv}` : `doi:${doi}`;
  const found = [];
  for (let node = 0; node < text.id.length; node++) {
    const own = arxiv ? text.arxiv[node] === arxiv : text.doi[node].toLowerCase().endsWith(doi);
    if (own || text.identifiers[node].toLowerCase().split("\x1e").includes(wanted)) found.push({ node });
  }
  return found.slice(0, FEW);
}

/** An empty index; `extendIndex` fills it piece by piece so that the page stays live meanwhile. */
export function newIndex() {
  return { numbers: new Map(), list: [], letters: [], postings: [], forms: [], owners: [], minor: new Set() };
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
    index.letters.push(lettersOf(word));
  }
  const rows = index.postings[place];
  if (rows[rows.length - 1] !== number) rows.push(number);
}

/** Nodes for a query, best first: `[{node, form}]`, at most `limit`, each node once. */
export function find(index, query, limit = FEW) {
  const wanted = folded(query.trim());
  const parts = cut(wanted);
  if (!parts.length) return [];
  const seen = { penalty: new Uint8Array(index.forms.length).fill(NEVER), forms: [] };
  gather(index, parts, false, seen);
  if (parts.length > 1) gather(index, [parts.join("")], false, seen);
  if (seen.forms.length < 3) gather(index, parts, true, seen);
  if (parts.length > 1 && !seen.forms.length) gather(index, [parts.join("")], true, seen);
  return best(index, seen, wanted, limit);
}

/** Note in `seen` the forms that hold every typed word, each with its least penalty. */
function gather(index, parts, loose, seen) {
  let kept = null;
  let sums = null;
  for (const part of parts) {
    const rows = [];
    const penalty = new Uint8Array(index.forms.length).fill(NEVER);
    for (const [place, step] of alike(index, part, loose)) {
      for (const form of index.postings[place]) {
        const sum = kept === null ? step : sums[form] === NEVER ? NEVER : sums[form] + step;
        if (sum >= penalty[form]) continue;
        if (penalty[form] === NEVER) rows.push(form);
        penalty[form] = sum;
      }
    }
    [kept, sums] = [rows, penalty];
    if (!kept.length) return;
  }
  for (const form of kept) {
    if (seen.penalty[form] === NEVER) seen.forms.push(form);
    if (sums[form] < seen.penalty[form]) seen.penalty[form] = sums[form];
  }
}

/** A bit for each letter that a word has: a quick look that spares most comparisons. */
function lettersOf(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << word.charCodeAt(i) % 30;
  return bits;
}

function bitCount(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

/** Words of the index like `part`: [place, penalty]; 0 is the word itself, 1 begins with it, 4 and more differ. */
function alike(index, part, loose) {
  const found = [];
  const allowed = !loose || part.length < DISTANCE_FROM || part.length > 31 ? 0 : part.length < 8 ? 1 : 2;
  const masks = allowed ? letterMasks(part) : null;
  const wanted = lettersOf(part);
  const { letters, list } = index;
  for (let place = 0; place < letters.length; place++) {
    const missing = wanted & ~letters[place];
    if (missing && (!allowed || bitCount(missing) > allowed)) continue;
    const word = list[place];
    if (!missing && word.startsWith(part)) found.push([place, word.length === part.length ? 0 : 1]);
    else if (allowed && word.length >= part.length - allowed) {
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

function best(index, seen, wanted, limit) {
  const rows = [];
  const nodes = new Set();
  let worst = Infinity;
  for (const form of seen.forms) {
    const row = { form, node: index.owners[form], cost: cost(index, form, seen.penalty[form], wanted) };
    if (row.cost > worst) continue;
    rows.push(row);
    if (rows.length < limit * 8) continue;
    keepBest(rows, nodes, limit);
    worst = rows[rows.length - 1].cost;
  }
  keepBest(rows, nodes, limit);
  return rows.map(({ node, form }) => ({ node, form }));
}

/** Sort, drop all but the best row of each node, and cut. */
function keepBest(rows, nodes, limit) {
  rows.sort((one, two) => one.cost - two.cost || one.node - two.node || one.form - two.form);
  nodes.clear();
  let kept = 0;
  for (const row of rows) {
    if (kept === limit || nodes.has(row.node)) continue;
    nodes.add(row.node);
    rows[kept++] = row;
  }
  rows.length = kept;
}

/** Lower is better: exact spellings first, then names, beginnings, importance (a node's index is its rank) and brevity. */
function cost(index, form, penalty, wanted) {
  const text = index.forms[form];
  const alias = form > 0 && index.owners[form - 1] === index.owners[form]; // a node's name comes before its aliases
  const exact = text === wanted ? -40 : penalty > 1 ? 0 : text.startsWith(wanted) ? -6 : text.includes(wanted) ? -3 : 0;
  const second = !alias || exact === -40 ? 0 : exact === -6 ? 8 : 11;
  const minor = index.minor.has(index.owners[form]) && exact !== -40 ? 9 : 0;
  return exact + second + minor + 4 * penalty + Math.log2(2 + index.owners[form]) + Math.min(8, text.length / 12);
}
