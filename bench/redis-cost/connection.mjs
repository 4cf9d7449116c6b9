// A connection to Redis for one command at a time, over RESP3, so that it can also receive publications as the server's does.
import { connect } from 'node:net';

const CR = 13;
const COUNTED_TYPES = '*>~%$';

/** Returns a command as Redis reads it. */
export function encoded(words) {
  const parts = [`*${words.length}\r\n`];
  for (const word of words) parts.push(`$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
  return parts.join('');
}

/**
 * Reads one reply or push.
 *
 * @returns { type, value, next } with the place after it; null while it is not complete
 */
export function readReply(bytes, at = 0) {
  const end = bytes.indexOf(CR, at);
  if (end < 0 || end + 2 > bytes.length) return null;
  const type = String.fromCharCode(bytes[at]);
  const text = bytes.toString('utf8', at + 1, end);
  const next = end + 2;
  if (!COUNTED_TYPES.includes(type)) return { type, value: type === ':' ? Number(text) : text, next };
  const count = Number(text);
  if (type === '$') return bulk(bytes, next, count);
  return list(bytes, next, type, type === '%' ? 2 * count : count);
}

function bulk(bytes, at, count) {
  if (count < 0) return { type: '$', value: null, next: at };
  const next = at + count + 2;
  return next > bytes.length ? null : { type: '$', value: bytes.toString('utf8', at, at + count), next };
}

function list(bytes, at, type, count) {
  const value = [];
  let next = at;
  for (let n = 0; n < count; n++) {
    const one = readReply(bytes, next);
    if (one === null) return null;
    value.push(one.value);
    next = one.next;
  }
  return { type, value, next };
}

export class RedisConnection {
  /** Publications received so far. */
  publications = 0;
  #socket;
  #unread = Buffer.alloc(0);
  #waiting = null;

  constructor(socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', (problem) => this.#fail(problem));
    socket.on('close', () => this.#fail(new Error('Redis closed the connection')));
  }

  static async open(port) {
    const connection = await new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new RedisConnection(socket)));
      socket.once('error', reject);
    });
    await connection.command('HELLO', '3');
    return connection;
  }

  /** Sends a command; gives its reply. The one before must have been answered. */
  command(...words) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(encoded(words));
    });
  }

  /** Subscribes to channels. Redis confirms that by pushes alone, which come before the next reply. */
  async subscribe(command, channels) {
    for (const channel of channels) this.#socket.write(encoded([command, channel]));
    await this.command('PING');
  }

  close() {
    this.#socket.removeAllListeners('close');
    this.#socket.destroy();
  }

  #read(bytes) {
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    for (;;) {
      const reply = readReply(this.#unread);
      if (reply === null) return;
      this.#unread = this.#unread.subarray(reply.next);
      this.#received(reply);
    }
  }

  #received({ type, value }) {
    if (type === '>') {
      if (/^s?message$/.test(value[0])) this.publications++;
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = null;
    if (type === '-') waiting?.reject(new Error(value));
    else waiting?.resolve(value);
  }

  #fail(problem) {
    this.#waiting?.reject(problem);
    this.#waiting = null;
  }
}
