// A TCP proxy that can behave like a bad network: silent, resetting, slow, narrow, or stalling as a lossy line does.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { DelayLine } from './delay-line.mjs';
import { seeded } from './random.mjs';

/** A perfect network. delayMs and jitterMs hold for each direction; stallShare is the share of pieces that stall. */
export const CLEAR = { delayMs: 0, jitterMs: 0, bytesPerS: Infinity, stallShare: 0, stallMs: [200, 1000], cut: 'no' };

const TIMER_TOLERANCE_MS = 0.5;

/** How long a piece is under way, ms. */
export function delayOf({ delayMs, jitterMs, stallShare, stallMs: [least, most] }, random) {
  const jitter = (2 * random() - 1) * jitterMs;
  const stall = random() < stallShare ? least + random() * (most - least) : 0;
  return Math.max(0, delayMs + jitter) + stall;
}

/** How long so many bytes occupy the line, ms. */
export const transmissionMs = (bytes, { bytesPerS }) => (bytes / bytesPerS) * 1000;

/** One direction of one connection: holds pieces back and delivers them in order. */
class Direction {
  #line;
  #timer = null;

  constructor(from, to, { proxy, isResponse, random }) {
    Object.assign(this, { to, proxy, isResponse });
    this.#line = new DelayLine(
      () => delayOf(proxy.conditions, random),
      () => performance.now(),
    );
    from.on('data', (bytes) => this.#push(() => to.write(bytes), bytes.length));
    from.on('end', () => this.#push(() => to.end()));
    // A lost connection becomes known behind the data that was sent before.
    from.on('close', () => this.#push(() => (from.readableEnded ? to.end() : to.destroy())));
  }

  #push(deliver, bytes = 0) {
    this.#line.push(deliver, transmissionMs(bytes, this.proxy.conditions));
    this.deliver();
  }

  get #held() {
    const { cut } = this.proxy.conditions;
    return cut === 'silence' || (cut === 'answers' && this.isResponse);
  }

  deliver() {
    clearTimeout(this.#timer);
    if (this.#held || this.to.destroyed) return;
    this.#line.deliverDue(TIMER_TOLERANCE_MS);
    const { nextDue } = this.#line;
    if (nextDue !== Infinity) this.#timer = setTimeout(() => this.deliver(), nextDue - performance.now());
  }

  get pending() {
    return this.#line.length;
  }

  drop() {
    clearTimeout(this.#timer);
    this.#line.clear();
  }
}

export class TcpProxy {
  conditions = CLEAR;
  #pairs = new Set();
  #server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => this.#accept(client));
  #random;

  /** @param targets ports on this machine; a connection goes to the first of them that accepts it */
  constructor(targets, { seed = 1 } = {}) {
    this.targets = [targets].flat();
    this.#random = seeded(seed);
  }

  /** Creates a proxy and listens. */
  static listening(targets, { port = 0, ...options } = {}) {
    return new TcpProxy(targets, options).listen(port);
  }

  async listen(port = 0) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = this.#server.address().port;
    return this;
  }

  get connections() {
    return this.#pairs.size;
  }

  /** The number of pieces that it has received and not yet delivered, ends of connections among them. */
  get pending() {
    let sum = 0;
    for (const { directions } of this.#pairs) for (const direction of directions) sum += direction.pending;
    return sum;
  }

  /**
   * Changes the conditions for open and for new connections. `cut` is one of
   *
   * - `silence`: nothing passes and no end learns of it; new connections are accepted and not answered; what was under way
   *   arrives afterwards, as TCP sends it again,
   * - `answers`: the same for what the target sends, alone,
   * - `reset`: open connections are reset, and so are new ones,
   * - `no`.
   */
  set(conditions) {
    this.conditions = { ...CLEAR, ...conditions };
    for (const pair of [...this.#pairs]) {
      if (this.conditions.cut === 'reset') this.#reset(pair);
      else for (const direction of pair.directions) direction.deliver();
    }
  }

  clear() {
    this.set({});
  }

  async close() {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const pair of [...this.#pairs]) this.#reset(pair);
    await closed;
  }

  #accept(client) {
    client.on('error', () => client.destroy());
    if (this.conditions.cut === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const pair = { ends: [client], directions: [] };
    this.#pairs.add(pair);
    client.on('close', () => this.#forgetClosed(pair));
    this.#connect(pair, this.targets);
  }

  #connect(pair, [port, ...others]) {
    const [client] = pair.ends;
    if (port === undefined || client.destroyed) {
      this.#reset(pair);
      return;
    }
    const target = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    pair.ends[1] = target;
    const onRefused = () => this.#connect(pair, others);
    target.once('error', onRefused);
    target.once('connect', () => {
      target.off('error', onRefused);
      target.on('error', () => this.#reset(pair));
      target.on('close', () => this.#forgetClosed(pair));
      const options = { proxy: this, random: this.#random };
      pair.directions = [
        new Direction(client, target, { ...options, isResponse: false }),
        new Direction(target, client, { ...options, isResponse: true }),
      ];
      client.resume();
    });
  }

  #forgetClosed(pair) {
    if (pair.ends.every((end) => end.destroyed)) this.#pairs.delete(pair);
  }

  #reset(pair) {
    this.#pairs.delete(pair);
    for (const direction of pair.directions) direction.drop();
    for (const end of pair.ends) if (!end.destroyed) end.resetAndDestroy();
  }
}
