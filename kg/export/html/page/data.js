// The tables of the page: gzip → a header and columns (the layout is described in container.py).

const KINDS = { Uint8Array, Uint16Array, Uint32Array };

/** `open(name)` gives the bytes of a table as a stream: from within the page, unless it is served. */
export const source = { open: embedded };

/** Unpack a table: "graph", "text" or "evidence". */
export async function unpack(name) {
  const stream = (await source.open(name)).pipeThrough(new DecompressionStream("gzip"));
  return readContainer(await new Response(stream).arrayBuffer());
}

/** The table in base64 in a script element; the text is dropped from the document once read. */
async function embedded(name) {
  const holder = document.getElementById(`data-${name}`);
  const stream = new Blob([fromBase64(holder.textContent)]).stream();
  holder.remove();
  return stream;
}

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** `{header, columns}` of a container. */
export function readContainer(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const columns = {};
  let at = 4 + length;
  for (const [name, kind, size, rows] of header.columns) {
    columns[name] = kind === "strings" ? readStrings(buffer, at, size, rows) : new KINDS[kind](buffer, at, size / KINDS[kind].BYTES_PER_ELEMENT);
    at += size + ((8 - (size % 8)) % 8);
  }
  return { header, columns };
}

function readStrings(buffer, at, size, rows) {
  if (!rows) return [];
  return new TextDecoder().decode(new Uint8Array(buffer, at, size)).split("\n");
}
