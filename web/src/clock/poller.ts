/**
 * Asks the server for the time: 8 times 60 ms apart, 16 times 1 s apart, then every 20 s; on a steady line after three minutes
 * with every other ping of the server, every 50 s. A report of this viewer goes with it.
 */
import type { ClockAnswer } from '../protocol/messages';
import { ClockEstimator } from './estimator';

export interface PollerPorts {
  now(): number;
  /** Sends `clock {t1}`; null when no answer came in time. */
  ask(t1: number): Promise<{ answer: ClockAnswer; arrivedAt: number } | null>;
  after(ms: number, run: () => void): () => void;
  /** The room's position that the server named with its answer. */
  onPlace(epoch: number, seq: number): void;
  /** Two questions in a row went unanswered: the line is dead, whatever the socket believes. */
  onSilence(): void;
}

const FAST_COUNT = 8;
const MEDIUM_COUNT = 24;
/** By then the drift between the two clocks is known so well that on a steady line seldom is often enough. */
const SLOW_COUNT = 32;
const STEADY_MS = 12;
/** Within the minute for which a report counts at the server (TL3). */
const SELDOM_MS = 55_000;
/** Then a ping will do: both ends are awake for it anyway. */
export const PING_WILL_DO_MS = 40_000;
const AGAIN_MS = 1000;
const SOON_GAP_MS = 5000;
/** What is known of another server's clock counts when so many answers are in, some of them nearly as quick as those of the old one. */
const ENOUGH = 6;
const BOUND_TIMES_MAX = 2;
const BOUND_EXTRA_MS = 15;
/** After so long it counts as it is. */
const PATIENCE_MS = 6000;

/**
 * How long after a question the next one is due at the latest.
 * @param jitterMs how much longer than the shortest round trip most are
 */
export function pollDelayMs(asked: number, jitterMs: number): number {
  if (asked < FAST_COUNT) return 60;
  if (asked < MEDIUM_COUNT) return 1000;
  return asked < SLOW_COUNT || jitterMs > STEADY_MS ? 20_000 : SELDOM_MS;
}

export class ClockPoller {
  /** What counts now. */
  estimator = new ClockEstimator();
  /**
   * The clock of another server, until enough is known of it. The servers of one house tell nearly the same time, so the old
   * estimate is the better one until then: a first rough look must not move a film that runs.
   */
  private next: { estimator: ClockEstimator; since: number } | null = null;
  private asked = 0;
  private unanswered = 0;
  private clockEpoch: string | undefined;
  private cancel: (() => void) | null = null;
  private round = 0;
  private lastAskedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly ports: PollerPorts) {}

  /** Begins a new round; what was learned stays, it is the same two clocks. */
  start(): void {
    this.stop();
    this.asked = 0;
    this.unanswered = 0;
    void this.tick(this.round);
  }

  stop(): void {
    this.round++;
    this.cancel?.();
    this.cancel = null;
  }

  /** Asks sooner than it would, so that the report which goes with the question arrives; seldom. */
  soon(): void {
    const now = this.ports.now();
    if (this.cancel === null || this.asked < MEDIUM_COUNT || now - this.lastAskedAt < SOON_GAP_MS) return;
    this.cancel();
    void this.tick(this.round);
  }

  /** The server has pinged. */
  heartbeat(): void {
    const seldom = pollDelayMs(this.asked, this.estimator.jitterMs) === SELDOM_MS;
    if (this.cancel === null || !seldom || this.ports.now() - this.lastAskedAt < PING_WILL_DO_MS) return;
    this.cancel();
    void this.tick(this.round);
  }

  /** Server time for a local time, null while unknown. */
  serverAt(local: number): number | null {
    return this.estimator.serverAt(local);
  }

  private async tick(round: number): Promise<void> {
    const delay = pollDelayMs(this.asked++, this.estimator.jitterMs);
    this.cancel = this.ports.after(delay, () => void this.tick(round));
    const t1 = this.ports.now();
    this.lastAskedAt = t1;
    const got = await this.ports.ask(t1);
    if (round !== this.round) return;
    if (got === null) {
      if (++this.unanswered >= 2) {
        this.unanswered = 0;
        this.ports.onSilence();
      } else {
        this.cancel?.();
        this.cancel = this.ports.after(AGAIN_MS, () => void this.tick(round));
      }
      return;
    }
    this.unanswered = 0;
    const { answer, arrivedAt } = got;
    if (this.estimator.count > 0 && answer.clockEpoch !== this.clockEpoch) {
      this.next = { estimator: new ClockEstimator(), since: arrivedAt };
    }
    this.clockEpoch = answer.clockEpoch;
    (this.next?.estimator ?? this.estimator).add({ t1, t2: answer.t2, t3: answer.t3, t4: arrivedAt });
    this.changeOver(arrivedAt);
    if (answer.epoch !== null && answer.seq !== null) this.ports.onPlace(answer.epoch, answer.seq);
  }
  private changeOver(now: number): void {
    if (this.next === null) return;
    const { estimator, since } = this.next;
    const sure = estimator.boundMs <= BOUND_TIMES_MAX * this.estimator.boundMs + BOUND_EXTRA_MS;
    if ((estimator.count < ENOUGH || !sure) && (!estimator.usable || now - since < PATIENCE_MS)) return;
    this.estimator = estimator;
    this.next = null;
  }
}
