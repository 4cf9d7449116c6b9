// A TCP proxy that can be told to be a bad network: cut without a word, reset, slow, narrow, or stalling as a lossy line does.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { seeded } from '../sync-lab/net/random.mjs';

/** A line that does nothing of its own. delayMs and jitterMs are for each direction; stalls are the share of pieces that wait. */
export const CLEAR = { delayMs: 0, jitterMs: 0, bytesPerS: Infinity, stallShare: 0, stallMs: [200, 1000], cut: 'no' };

/** When a piece may come out, in order: what is behind a slow piece waits for it, as in TCP. */
export class Lane {
  #free = 0;

  constructor(random) {
    this.random = random;
  }

  /** The moment, on the clock of `now`, at which so many bytes that came in now come out. */
  due(now, bytes, { delayMs, jitterMs, bytesPerS, stallShare, stallMs: [least, most] }) {
    const jitter = (2 * this.random() - 1) * jitterMs;
    const stall = this.random() < stallShare ? least + this.random() * (most - least) : 0;
    const narrow = bytesPerS === Infinity ? 0 : (bytes / bytesPerS) * 1000;
    this.#free = Math.max(this.#free, now + Math.max(0, delayMs + jitter) + stall) + narrow;
    return this.#free;
  }
}

/** One direction of one connection: holds back, delivers in order. */
class Way {
  #queue = [];
  #timer = null;

  constructor(from, to, back, proxy, random) {
    this.back = back;
    this.to = to;
    this.proxy = proxy;
    this.lane = new Lane(random);
    from.on('data', (bytes) => this.#push(bytes.length, () => to.write(bytes)));
    from.on('end', () => this.#push(0, () => to.end()));
    // The news that an end is gone travels behind what it had said.
    from.on('close', () => this.#push(0, () => (from.readableEnded ? to.end() : to.destroy())));
  }

  #push(bytes, deliver) {
    this.#queue.push({ due: this.lane.due(performance.now(), bytes, this.proxy.weather), deliver });
    this.move();
  }

  get #held() {
    const { cut } = this.proxy.weather;
    return cut === 'silence' || (cut === 'answers' && this.back);
  }

  move() {
    clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#queue.length > 0 && !this.#held && !this.to.destroyed) {
      const left = this.#queue[0].due - performance.now();
      if (left > 0.5) {
        this.#timer = setTimeout(() => this.move(), left);
        return;
      }
      this.#queue.shift().deliver();
    }
  }

  drop() {
    clearTimeout(this.#timer);
    this.#queue = [];
  }
}

export class Proxy {
  weather = CLEAR;
  #pairs = new Set();
  #server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
  #random;

  constructor(targetPort, { targetHost = '127.0.0.1', seed = 1 } = {}) {
    this.targetPort = targetPort;
    this.targetHost = targetHost;
    this.#random = seeded(seed);
  }

  async listen() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port() {
    return this.#server.address().port;
  }

  get connections() {
    return this.#pairs.size;
  }

  /**
   * Changes the weather for what is open and what will be. cut 'silence': nothing passes and nobody is told, new connections stand and say
   * nothing, and what was under way arrives when it ends, as TCP sends it again; cut 'answers': the same, but for what comes back only; cut
   * 'reset': what is open is reset, so is whoever comes.
   */
  set(weather) {
    this.weather = { ...CLEAR, ...weather };
    for (const pair of [...this.#pairs]) {
      if (this.weather.cut === 'reset') this.#reset(pair);
      else for (const way of pair.ways) way.move();
    }
  }

  clear() {
    this.set({});
  }

  async close() {
    this.#server.close();
    for (const pair of [...this.#pairs]) this.#reset(pair);
  }

  #accept(client) {
    client.on('error', () => client.destroy());
    if (this.weather.cut === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: this.targetPort, host: this.targetHost, allowHalfOpen: true, noDelay: true });
    server.on('error', () => this.#reset(pair));
    const pair = { client, server, ways: [] };
    pair.ways.push(new Way(client, server, false, this, this.#random), new Way(server, client, true, this, this.#random));
    this.#pairs.add(pair);
    for (const end of [client, server]) {
      end.on('close', () => {
        if (client.destroyed && server.destroyed) this.#pairs.delete(pair);
      });
    }
  }

  #reset(pair) {
    this.#pairs.delete(pair);
    for (const way of pair.ways) way.drop();
    for (const end of [pair.client, pair.server]) if (!end.destroyed) end.resetAndDestroy();
  }
}
