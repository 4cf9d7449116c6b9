// One server with its audience and newcomers: phases are played on it, calm ones and attacks.
import { pause, until } from '../../testkit/waiting.mjs';
import { attack } from './attack.mjs';
import { ATTACKS, secondsOf } from './attacks/table.mjs';
import { Audience } from './audience/audience.mjs';
import { Newcomers } from './audience/newcomers.mjs';
import { Recorder } from './audience/recorder.mjs';
import { PROXY, Target } from './target.mjs';
import { heapMbMax } from './verdict.mjs';

const FULL = { rooms: 5, size: 10, warmUp: 12, rehearsal: 1, calm: 20, rest: 3, settle: 400, settleEvery: 10 };
const QUICK = { rooms: 2, size: 4, warmUp: 1, rehearsal: 0, calm: 2, rest: 0.2, settle: 40, settleEvery: 2 };
const NEWCOMERS_NETWORK = 4;
/** The first address of the rehearsals: no attack has one of them. */
const FIRST_REHEARSAL = 100;
/** Longer than a member waits for an answer. */
const ANSWERS_MS_MAX = 9000;

export class Stage {
  recorder = new Recorder();

  constructor({ program, folder, quick, number, onClose }) {
    this.quick = quick;
    this.sizes = quick ? QUICK : FULL;
    this.target = new Target({ program, folder, quick, number });
    this.onClose = onClose;
  }

  get lateMs() {
    return this.audience.lateMs;
  }

  /** @param names of the attacks that this server will have to bear */
  async start(names) {
    this.onClose(() => this.target.kill());
    await this.target.start();
    const { port, url } = this.target;
    const { rooms, size, warmUp } = this.sizes;
    this.audience = new Audience({ url, rooms, size, recorder: this.recorder });
    this.onClose(() => this.audience.leave());
    await this.audience.enter();
    this.newcomers = new Newcomers({ port, network: NEWCOMERS_NETWORK, roomId: this.audience.roomId, recorder: this.recorder });
    this.audience.start();
    this.newcomers.start();
    await pause(warmUp * 1000);
    await this.#rehearse(names.filter((name) => !ATTACKS[name].leaves));
  }

  /**
   * Runs each attack for a second, so that the calm phase and its heap include what a JVM compiles and builds on first
   * use. Attacks that leave rooms, seats or used-up limits behind are left out.
   */
  async #rehearse(names) {
    const { rehearsal, rest } = this.sizes;
    if (rehearsal === 0) return;
    for (const [n, name] of names.entries()) {
      await attack(name, this.#place(`127.0.0.${FIRST_REHEARSAL + n}`, rehearsal), this.onClose);
      await pause(rest * 1000);
    }
  }

  #place(address, seconds) {
    const { target, audience, quick } = this;
    const { roomId, locked } = audience;
    return { port: target.port, address, seconds, roomId, locked, trusted: PROXY, quick };
  }

  /** Plays a phase without an attack. */
  calm() {
    return this.#phase(() => pause(this.sizes.calm * 1000), true);
  }

  /** @param address that the attack comes from */
  attacked(name, address) {
    const place = this.#place(address, secondsOf(name, this.quick));
    // Between attacks the heap is a figure of the report and not judged; a quick run has no report.
    return this.#phase(() => attack(name, place, this.onClose), !this.quick);
  }

  async #phase(play, measuresHeap) {
    const linesBefore = this.target.logLines;
    const from = performance.now();
    const played = await play();
    const to = performance.now();
    // Requests of this phase are answered in it, or count as unanswered.
    const answered = () => this.audience.waiting(to) === 0;
    await until('all requests are answered', answered, { withinMs: ANSWERS_MS_MAX, everyMs: 100 }).catch(() => undefined);
    const met = this.recorder.between(from, to);
    met.refusals.push(...this.audience.refusedMessages(from, to));
    const ailment = await this.target.ailment();
    const heapMb = ailment === null && measuresHeap ? await this.target.heapMb() : null;
    await pause(this.sizes.rest * 1000);
    const logLines = this.target.logLines - linesBefore;
    return {
      ...met,
      seconds: (to - from) / 1000,
      ailment,
      logLines,
      heapMb,
      residentMb: this.target.residentMb(),
      attack: played,
    };
  }

  /** Waits until the heap is back, at most as long as empty rooms and away members are kept; returns its size. */
  async settled(beforeMb) {
    const from = performance.now();
    const { settle, settleEvery, rehearsal } = this.sizes;
    const rehearsed = rehearsal > 0;
    for (;;) {
      const afterMb = await this.target.heapMb();
      const waitedSeconds = Math.round((performance.now() - from) / 1000);
      if (afterMb === null || afterMb <= heapMbMax(beforeMb, rehearsed) || waitedSeconds > settle)
        return { beforeMb, afterMb, waitedSeconds, rehearsed };
      await pause(settleEvery * 1000);
    }
  }

  async end() {
    this.audience.stop();
    await this.newcomers.stop();
    this.audience.leave();
    await this.target.stop();
  }
}

export const descriptionOf = (name) => ATTACKS[name].description;
