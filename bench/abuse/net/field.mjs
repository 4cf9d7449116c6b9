// The means of an attack: connections from its address, a time limit, and counters.
import { connect } from 'node:net';

const CONNECT_MS_MAX = 5000;
const OPEN_MAX = 8000;
const BACK_OFF_MS = 200;

export class Field {
  counts = {};
  #open = new Set();

  /**
   * @param port of the server on 127.0.0.1
   * @param address all connections come from
   * @param seconds the attack lasts
   * @param roomId of a room whose link the attacker has got hold of
   * @param trusted an address whose X-Forwarded-For the server believes
   * @param locked the rooms that ask for a password, and that password, as { roomIds, password }
   * @param quick whether the run only checks that the attack works
   */
  constructor({ port, address, seconds, roomId, trusted, locked, quick = false }) {
    Object.assign(this, { port, address, seconds, roomId, trusted, locked, quick });
    this.begin();
  }

  /** The attack begins now: what it had to prepare takes nothing from its time. */
  begin() {
    this.end = performance.now() + this.seconds * 1000;
  }

  get over() {
    return performance.now() >= this.end;
  }

  /** Returns a timeout that does not exceed the end of the attack. */
  within(ms) {
    return Math.max(0, Math.min(ms, this.end - performance.now()));
  }

  get open() {
    return this.#open.size;
  }

  count(name, by = 1) {
    this.counts[name] = (this.counts[name] ?? 0) + by;
  }

  /** Counts an answer of the server. */
  countAnswer(text) {
    if (text.startsWith('43')) this.count(/"ok":true/.test(text) ? 'acknowledged' : `refused ${codeOf(text)}`);
    else if (text.startsWith('44')) this.count('CONNECT refused');
    else if (text.startsWith('41')) this.count('disconnected by the server');
  }

  /** Waits so many ms, and not beyond the attack's end. */
  rest(ms) {
    return new Promise((resolve) => setTimeout(resolve, this.within(ms)));
  }

  /** An open connection, or null. */
  connect({ address = this.address } = {}) {
    if (this.#open.size >= OPEN_MAX) return Promise.resolve(null);
    return new Promise((resolve) => {
      const socket = connect({ port: this.port, host: '127.0.0.1', localAddress: address });
      const timer = setTimeout(() => socket.destroy(), CONNECT_MS_MAX);
      this.#open.add(socket);
      socket.on('error', (problem) => this.count(problem.code ?? 'error'));
      socket.on('close', () => {
        clearTimeout(timer);
        this.#open.delete(socket);
        resolve(null);
      });
      socket.on('connect', () => {
        clearTimeout(timer);
        this.count('connections');
        resolve(socket);
      });
    });
  }

  /** Repeats a task in so many workers until the end; a worker pauses after a failure or false. */
  async repeat(workers, run) {
    const work = async (worker) => {
      while (!this.over) {
        let went = false;
        try {
          went = await run(worker);
        } catch (problem) {
          this.count(problem.code ?? problem.message);
        }
        await this.rest(went === false ? BACK_OFF_MS : 0);
      }
    };
    await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  }

  /** Ends every connection with a reset, so that none waits in the kernel. */
  close() {
    for (const socket of this.#open) socket.resetAndDestroy();
  }
}

const codeOf = (text) => /"code":"([a-z_]+)"/.exec(text)?.[1] ?? 'otherwise';
