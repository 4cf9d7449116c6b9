// Payloads that are expensive to parse or to keep, made once and sent often. All pure.

/** The largest message that the server of this project ever took, less what a packet adds. */
export const MEGABYTE = 1_000_000 - 200;

const filled = (text, bytes) => text.repeat(Math.max(0, Math.floor(bytes / text.length)));

/** Returns an array of empty objects: three bytes each, and many times that as a tree. */
export const manyObjects = (bytes) => `[${filled('{},', bytes - 4)}{}]`;

/** One array inside of the other. */
export const deepArrays = (bytes) => `${'['.repeat(Math.floor(bytes / 2))}${']'.repeat(Math.floor(bytes / 2))}`;

/** One number of so many digits. */
export const giantNumber = (bytes) => `[${filled('9', bytes - 2)}]`;

/** Returns numbers as long as a parser accepts, with exponents that are expensive to resolve. */
export const longNumbers = (bytes) => `[${filled(`1.${'7'.repeat(900)}e-300,`, bytes - 3)}0]`;

/** One name of so many characters. */
export const longName = (bytes) => `{"${filled('n', bytes - 6)}":0}`;

/** Returns names with the same String.hashCode, so that a hash table becomes a list. */
export function collidingNames(bytes) {
  const pairs = 14;
  const names = [];
  for (let n = 0, size = 2; n < 1 << pairs; n++) {
    let name = '';
    for (let bit = 0; bit < pairs; bit++) name += (n >> bit) & 1 ? 'Aa' : 'BB';
    size += name.length + 5;
    if (size > bytes) break;
    names.push(`"${name}":0`);
  }
  return `{${names.join(',')}}`;
}

/** Returns ever new names, so that a table of known names fills. */
export function manyNames(bytes, seed = 0) {
  const names = [];
  for (let n = 0, size = 2; ; n++) {
    const name = `"${seed.toString(36)}x${n.toString(36)}":0`;
    size += name.length + 1;
    if (size > bytes) return `{${names.join(',')}}`;
    names.push(name);
  }
}

/** Escapes that have to be decoded one by one. */
export const escapes = (bytes) => `["${filled('\\u00e9', bytes - 4)}"]`;

/** A Socket.IO packet with an event of the default namespace. */
export const event = (name, payload, id = '') => `42${id}[${JSON.stringify(name)},${JSON.stringify(payload)}]`;

/** Returns an event with JSON given as text. */
export const rawEvent = (name, json) => `42[${JSON.stringify(name)},${json}]`;

/** Returns a packet that announces attachments, with JSON beside the placeholders. */
export const binaryEvent = (attachments, json) => `45${attachments}-["x",{"_placeholder":true,"num":0},${json}]`;

const ROOM_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
export function randomRoomId(random = Math.random) {
  let id = '';
  while (id.length < 6) id += ROOM_LETTERS[Math.floor(random() * ROOM_LETTERS.length)];
  return id;
}
