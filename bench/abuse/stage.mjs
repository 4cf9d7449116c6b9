// One server with its audience and newcomers: phases are played on it, calm ones and attacks.
import { pause, until } from '../../testkit/waiting.mjs';
import { attack } from './attack.mjs';
import { ATTACKS, secondsOf } from './attacks/table.mjs';
import { Audience } from './audience/audience.mjs';
import { Newcomers } from './audience/newcomers.mjs';
import { Recorder } from './audience/recorder.mjs';
import { PROXY, Target } from './target.mjs';
import { heapMbMax } from './verdict.mjs';

const FULL = { rooms: 5, size: 10, warmUp: 12, calm: 20, rest: 3, settle: 400, settleEvery: 10 };
const QUICK = { rooms: 2, size: 4, warmUp: 1, calm: 2, rest: 0.2, settle: 40, settleEvery: 2 };
const NEWCOMERS_NETWORK = 4;
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

  async start() {
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
  }

  /** Plays a phase without an attack. */
  calm() {
    return this.#phase(() => pause(this.sizes.calm * 1000), true);
  }

  /** @param address that the attack comes from */
  attacked(name, address) {
    const { port } = this.target;
    const seconds = secondsOf(name, this.quick);
    const place = { port, address, seconds, roomId: this.audience.roomId, trusted: PROXY, quick: this.quick };
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
    const { settle, settleEvery } = this.sizes;
    for (;;) {
      const afterMb = await this.target.heapMb();
      const waitedSeconds = Math.round((performance.now() - from) / 1000);
      if (afterMb === null || afterMb <= heapMbMax(beforeMb) || waitedSeconds > settle)
        return { beforeMb, afterMb, waitedSeconds };
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
