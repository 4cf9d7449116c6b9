// Sides that stay up, warm, and take turns in short phases: what is compared was measured right after each other.
import { pause } from '../../testkit/waiting.mjs';
import { Told, loadProgram } from './load.mjs';

const LOOK_MS = 1000;
/** Compilers that work use a good part of a core; who only answers pings uses next to nothing. */
const QUIET_CPU_MS = 50;
const QUIET_SECONDS_MAX = 20;
/** Sides that warm up at the same time: more would only wait for each other. */
const WARM_AT_ONCE = 2;

/** Which side comes first changes from repetition to repetition: ours, peer, peer, ours ... */
export const orderOf = (names, repetition) => (repetition % 2 === 0 ? [...names] : [...names].reverse());

/**
 * A rate that is not in step with the kernel's clock: at a tick of it all the time goes to whoever works just then, so
 * that of a command each millisecond it would see always the same part.
 */
export const offBeat = (rate) => Number((rate * 0.997).toPrecision(3));

export class Turns {
  #bench;
  #what;
  #names;
  /** Those that still play. */
  #sides = new Map();

  constructor(bench, what, names) {
    this.#bench = bench;
    this.#what = what;
    this.#names = names;
  }

  /**
   * Starts each side's servers and fills them, one side after the other.
   * @param programOf the generator's command line
   */
  async fill(sides, load, programOf = loadProgram) {
    for (const name of this.#names)
      await this.#tried(name, 'filling', async () => {
        const { side, ...how } = sides[name];
        const running = await this.#bench.open(side, { ...how, name: name.replaceAll(' ', '') });
        this.#sides.set(name, running);
        running.told = await Told.filled(programOf({ ...load, ...running }), (close) => this.#bench.onClose(close));
      });
  }

  /** Has each side play these phases, of which nothing is kept, until its compilers have done their work. */
  async warmUp(phases) {
    const wanted = phases.filter(({ seconds }) => seconds > 0);
    if (wanted.length === 0) return;
    for (let first = 0; first < this.#names.length; first += WARM_AT_ONCE) {
      const some = this.#names.slice(first, first + WARM_AT_ONCE);
      await Promise.all(
        some.map((name) =>
          this.#ofSide(name, 'warming up', async (told) => {
            for (const phase of wanted) await told.phase({ ...phase, warmup: true });
          }),
        ),
      );
    }
    await this.#quiet(this.#bench.pick(QUIET_SECONDS_MAX, 0));
  }

  /** Each side in turn, those that still play; null for the others. */
  async once(doing, act, repetition = 0) {
    const results = {};
    for (const name of orderOf(this.#names, repetition)) results[name] = await this.#ofSide(name, doing, act);
    return results;
  }

  /** Each side in turn, as often as there are repetitions: lists by name. */
  async repeated(doing, act) {
    const results = Object.fromEntries(this.#names.map((name) => [name, []]));
    for (let n = 0; n < this.#bench.runs; n++) {
      const round = await this.once(`${doing}, repetition ${n + 1} of ${this.#bench.runs}`, act, n);
      for (const name of this.#names) results[name].push(round[name]);
    }
    return results;
  }

  /** Ends everything, and gives the whole results of the generators by name. */
  async end() {
    const reports = await this.once('reporting', (told) => told.done());
    for (const [name, running] of this.#sides) {
      this.#bench.raw.push({ label: `${this.#what}, ${name}`, result: reports[name] });
      await running.close();
    }
    return reports;
  }

  async #ofSide(name, doing, act) {
    const running = this.#sides.get(name);
    return running === undefined ? null : this.#tried(name, doing, () => act(running.told, name, running.servers));
  }

  /** What comes of it; when it fails, null and a problem, and that side plays no more. */
  async #tried(name, doing, act) {
    const begun = performance.now();
    const label = `${this.#what}, ${name}, ${doing}`;
    const result = await this.#bench.tried(label, async () => ({ value: await act() }));
    this.#bench.say(`${label}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    if (result !== null) return result.value;
    const running = this.#sides.get(name);
    this.#sides.delete(name);
    running?.told?.kill();
    await running?.close();
    return null;
  }

  /** Waits until all servers rest. */
  async #quiet(secondsMax) {
    const servers = [...this.#sides.values()].flatMap((running) => running.servers);
    const used = () => servers.map((server) => (server.running ? server.cpuMs() : 0));
    let before = used();
    for (let waited = 0; waited < secondsMax; waited += LOOK_MS / 1000) {
      await pause(LOOK_MS);
      const now = used();
      if (now.every((ms, n) => ms - before[n] <= QUIET_CPU_MS)) return;
      before = now;
    }
    if (secondsMax > 0) this.#bench.note(`${this.#what}: after the warm-up the servers did not come to rest`);
  }
}
