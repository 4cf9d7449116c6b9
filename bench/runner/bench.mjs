// One run of the benchmark: starts what each repetition needs, fresh, and ends it again; the sides take turns.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from '../../testkit/redis.mjs';
import { play } from './load.mjs';
import { serverOf, sidesOf } from './servers.mjs';
import { Turns, orderOf } from './turns.mjs';

export class Bench {
  #closers = [];
  #sides;

  constructor({ program, folder, options, say }) {
    Object.assign(this, { folder, options, say, quick: options.quick, raw: [], problems: [], notes: [] });
    this.#sides = sidesOf(program);
  }

  /** Returns the value for a real run, or the one for a quick run. */
  pick(real, quick) {
    return this.quick ? quick : real;
  }

  get runs() {
    return this.options.runs;
  }

  get program() {
    return this.#sides.ours.program;
  }

  /** Ends what was started, the last one first. */
  async close() {
    const open = this.#closers;
    this.#closers = [];
    while (open.length > 0) await Promise.resolve(open.pop()()).catch(() => undefined);
  }

  onClose(close) {
    this.#closers.push(close);
  }

  async redis() {
    const redis = await Redis.started();
    this.onClose(() => redis.close());
    return redis;
  }

  /** Adds a note to the report. */
  note(text) {
    this.notes.push(text);
    this.say(text);
  }

  /** Returns a server that is not started yet. */
  server(side, { redis, data, environment = {}, name = side, program } = {}) {
    const how = this.#sides[side];
    const server = serverOf({
      name,
      side: program === undefined ? how : { ...how, program },
      redis,
      data,
      environment: environment[side] ?? {},
      folder: this.folder,
    });
    this.onClose(() => server.kill());
    return server;
  }

  /**
   * Starts fresh servers of one side; `close` ends them.
   * @param environment additional variables, by the name of the side
   * @param program another command line than the side's own
   */
  async open(side, { store, instances = 1, environment, name = side, program }) {
    const redis = store === 'redis' ? await this.redis() : undefined;
    const data = store === 'file' ? mkdtempSync(join(this.folder, 'data-')) : undefined;
    const servers = Array.from({ length: instances }, (_, n) =>
      this.server(side, { redis, data, environment, program, name: instances === 1 ? name : `${name}-${n + 1}` }),
    );
    for (const server of servers) await server.start();
    const close = async () => {
      for (const server of servers) await server.stop();
      await redis?.close();
    };
    return { servers, redis, close };
  }

  /** Runs `act` with fresh servers of one side. */
  async fresh(side, how, act) {
    const running = await this.open(side, how);
    try {
      return await act(running);
    } finally {
      await running.close();
    }
  }

  /** Plays a scenario of the load generator against these servers, and keeps its raw result. */
  async load(what, label) {
    const result = await play({ ...what, onClose: (close) => this.onClose(close) });
    this.raw.push({ label, result });
    return result;
  }

  /**
   * Runs each side in turn, `runs` times. A failure is null in the lists, and a problem in the report.
   * @returns a list of results by name
   */
  async interleaved(what, act, names = ['ours', 'peer']) {
    const results = Object.fromEntries(names.map((name) => [name, []]));
    for (let n = 0; n < this.runs; n++)
      for (const name of orderOf(names, n)) {
        const label = `${what}, ${name}, repetition ${n + 1} of ${this.runs}`;
        const begun = performance.now();
        results[name].push(await this.tried(label, () => act(name, label, n)));
        await this.close();
        this.say(`${label}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
      }
    return results;
  }

  /**
   * Runs sides that stay up for the whole measurement: each starts fresh servers and fills them, and `act` has them take turns.
   * A failure is null in the lists and a problem in the report; the other sides go on.
   * @param sides how each is started, by name
   * @param load the scenario of the generators
   * @returns the results of `act`, and `reports`: the whole report of each generator, by name
   */
  async turns(what, sides, load, act) {
    const turns = new Turns(this, what, Object.keys(sides));
    try {
      await turns.fill(sides, load);
      const results = await act(turns);
      return { ...results, reports: await turns.end() };
    } finally {
      await this.close();
    }
  }

  /** Runs both sides at the same time, each with servers of its own; returns their results, or null, by name. */
  async both(what, store, act) {
    const names = ['ours', 'peer'];
    const results = await Promise.all(
      names.map((side) =>
        this.tried(`${what}, ${side}`, (label) => this.fresh(side, { store }, (running) => act(side, running, label))),
      ),
    );
    return Object.fromEntries(names.map((side, n) => [side, results[n]]));
  }

  /** Returns the result of `act`; when it fails, null, and records a problem. */
  async tried(label, act) {
    try {
      return await act(label);
    } catch (problem) {
      this.problems.push(`${label}: ${problem.message}`);
      console.error(`bench: ${label}: ${problem.message}`);
      return null;
    }
  }
}

/** Returns the sides that know a store, as sides that take turns: the peer has no files. */
export const sidesOn = (store, how = {}) =>
  Object.fromEntries((store === 'file' ? ['ours'] : ['ours', 'peer']).map((side) => [side, { side, store, ...how }]));

/** Makes rows of figures from the results of both sides, or of ours alone: `of` finds the figure in a result. */
export function compared({ ours, peer = [] }, rows) {
  const find = (results, of) =>
    results.map((result) => {
      const value = result === null ? null : of(result);
      return value === undefined ? null : value;
    });
  return rows.map(({ of, ...row }) => ({ ...row, ours: find(ours, of), peer: find(peer, of) }));
}
