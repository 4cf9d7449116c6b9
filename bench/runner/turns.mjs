// Sides that stay up, warm, and take turns in short phases, so that compared figures are measured right after each other.
import { pause } from '../../testkit/waiting.mjs';
import { LoadGenerator, loadProgram } from './load.mjs';

const LOOK_MS = 1000;
/** JIT compilation uses a good part of a core; a server that only answers pings uses next to nothing. */
const QUIET_CPU_MS = 50;
const QUIET_SECONDS_MAX = 20;
/** The number of sides that warm up at the same time; more would only wait for each other. */
const WARM_AT_ONCE = 2;

/** Returns the order of the sides in a repetition: ours, peer, peer, ours ... */
export const orderOf = (names, repetition) => (repetition % 2 === 0 ? [...names] : [...names].reverse());

/**
 * Returns a rate that is not in phase with the ticks of the kernel, which charges a whole tick to the thread that runs at it: of a
 * command each millisecond it would always see the same part.
 */
export const offBeat = (rate) => Number((rate * 0.997).toPrecision(3));

export class Turns {
  #bench;
  #what;
  #names;
  /** The sides that have not failed. */
  #sides = new Map();

  constructor(bench, what, names) {
    this.#bench = bench;
    this.#what = what;
    this.#names = names;
  }

  /**
   * Starts each side's servers and fills them, one side after the other.
   * @param programOf returns the generator's command line
   */
  async fill(sides, load, programOf = loadProgram) {
    for (const name of this.#names)
      await this.#tried(name, 'filling', async () => {
        const { side, ...how } = sides[name];
        const running = await this.#bench.open(side, { ...how, name: name.replaceAll(' ', '') });
        this.#sides.set(name, running);
        running.generator = await LoadGenerator.filled(programOf({ ...load, ...running }), (close) => this.#bench.onClose(close));
      });
  }

  /** Plays these phases on each side without keeping results, and waits until its JIT compilers are idle. */
  async warmUp(phases) {
    const wanted = phases.filter(({ seconds }) => seconds > 0);
    if (wanted.length === 0) return;
    for (let first = 0; first < this.#names.length; first += WARM_AT_ONCE) {
      const some = this.#names.slice(first, first + WARM_AT_ONCE);
      await Promise.all(
        some.map((name) =>
          this.#ofSide(name, 'warming up', async (generator) => {
            for (const phase of wanted) await generator.phase({ ...phase, warmup: true });
          }),
        ),
      );
    }
    await this.#quiet(this.#bench.pick(QUIET_SECONDS_MAX, 0));
  }

  /** Runs each side in turn; null for those that have failed. */
  async once(doing, act, repetition = 0) {
    const results = {};
    for (const name of orderOf(this.#names, repetition)) results[name] = await this.#ofSide(name, doing, act);
    return results;
  }

  /** Runs each side in turn, as often as there are repetitions; returns lists by name. */
  async repeated(doing, act) {
    const results = Object.fromEntries(this.#names.map((name) => [name, []]));
    for (let n = 0; n < this.#bench.runs; n++) {
      const round = await this.once(`${doing}, repetition ${n + 1} of ${this.#bench.runs}`, act, n);
      for (const name of this.#names) results[name].push(round[name]);
    }
    return results;
  }

  /** Ends everything, and returns the whole results of the generators by name. */
  async end() {
    const reports = await this.once('reporting', (generator) => generator.done());
    for (const [name, running] of this.#sides) {
      this.#bench.raw.push({ label: `${this.#what}, ${name}`, result: reports[name] });
      await running.close();
    }
    return reports;
  }

  async #ofSide(name, doing, act) {
    const running = this.#sides.get(name);
    return running === undefined ? null : this.#tried(name, doing, () => act(running.generator, name, running.servers));
  }

  /** Returns the result of `act`; when it fails, null, and ends that side with a problem. */
  async #tried(name, doing, act) {
    const begun = performance.now();
    const label = `${this.#what}, ${name}, ${doing}`;
    const result = await this.#bench.tried(label, async () => ({ value: await act() }));
    this.#bench.say(`${label}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    if (result !== null) return result.value;
    const running = this.#sides.get(name);
    this.#sides.delete(name);
    running?.generator?.kill();
    await running?.close();
    return null;
  }

  /** Waits until all servers are idle. */
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
    if (secondsMax > 0) this.#bench.note(`${this.#what}: after the warm-up the servers did not become idle`);
  }
}
