// A viewer who reads a film at its bit rate, as a player does when its buffer is full: what is not read waits in the sockets.
import { connect } from 'node:net';
import { pause } from '../../testkit/waiting.mjs';

const HEAD_END = '\r\n\r\n';
const EVERY_MS = 100;

/** How many bytes a reader may take by now. It never saves up more than half a second. */
export class Allowance {
  #left = 0;
  #at;

  constructor(bytesPerSecond, nowMs) {
    this.rate = bytesPerSecond;
    this.#at = nowMs;
  }

  /** Adds what has become due; returns whether anything may be read. */
  due(nowMs) {
    this.#left = Math.min(this.rate / 2, this.#left + ((nowMs - this.#at) * this.rate) / 1000);
    this.#at = nowMs;
    return this.#left > 0;
  }

  /** Takes bytes, also more than are due: then the reader rests; returns whether it may go on. */
  take(bytes) {
    this.#left -= bytes;
    return this.#left > 0;
  }
}

/** The request of a browser that plays a film from a place on. */
export const request = (path, from) =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nRange: bytes=${from}-\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n`;

/** Returns the length of the head of an answer, which has to be a part of a film; null while it is incomplete. */
export function headLength(bytes) {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const [line] = bytes.toString('latin1', 0, end).split('\r\n');
  if (!line.startsWith('HTTP/1.1 206 ')) throw new Error(`no part of a film: ${line}`);
  return end + HEAD_END.length;
}

export class Reader {
  /** Bytes of the film so far. */
  received = 0;
  problem = null;
  #head = null;
  #allowance;
  #timer;

  constructor({ port, path, from, bytesPerSecond }) {
    this.#allowance = new Allowance(bytesPerSecond, performance.now());
    this.socket = connect(port, '127.0.0.1', () => this.socket.write(request(path, from)));
    this.socket.on('data', (bytes) => this.#read(bytes));
    this.socket.on('error', (problem) => (this.problem ??= problem.message));
    this.socket.on('close', () => this.#timer !== null && (this.problem ??= 'the connection ended'));
    this.#timer = setInterval(() => {
      if (this.#allowance.due(performance.now())) this.socket.resume();
    }, EVERY_MS);
  }

  #read(bytes) {
    let length = bytes.length;
    if (this.#head === null) {
      this.#head = headLength(bytes);
      length -= this.#head ?? length;
    }
    this.received += length;
    if (!this.#allowance.take(length)) this.socket.pause();
  }

  close() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.socket.destroy();
  }
}

/** Starts readers a little apart from each other, as people are. */
export async function readers(count, options) {
  const all = [];
  for (let n = 0; n < count; n++) {
    all.push(new Reader(options(n)));
    await pause(1000 / count);
  }
  return all;
}
