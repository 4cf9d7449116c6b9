/**
 * Requests the server's time: 8 times every 60 ms, 16 times every second, then every 20 s. On a steady connection,
 * after three minutes, it polls with every other server ping, which is every 50 s. Each request carries a report of
 * this viewer.
 */
import type { ClockAnswer } from '../protocol/messages';
import { ClockEstimator } from './estimator';

export interface PollerPorts {
  now(): number;
  /** Sends `clock {t1}`; resolves to null when no answer came in time. */
  request(t1: number): Promise<{ answer: ClockAnswer; arrivedAt: number } | null>;
  after(ms: number, run: () => void): () => void;
  /** Called with the room's revision that came with an answer. */
  onRevision(epoch: number, seq: number): void;
  /** Called after two timeouts in a row: the connection is dead, even if the socket seems open. */
  onUnresponsive(): void;
}

const FAST_COUNT = 8;
const MEDIUM_COUNT = 24;
/** By then the clock drift is known well enough to poll rarely on a steady connection. */
const CALIBRATED_COUNT = 32;
const STEADY_JITTER_MS = 12;
/** Below the minute for which the server uses a report (TL3). */
const STEADY_POLL_MS = 55_000;
/** A server ping this long after the last poll triggers the next one, because both ends are awake. */
export const PING_POLL_AFTER_MS = 40_000;
const RETRY_MS = 1000;
const POLL_SOON_GAP_MS = 5000;
/** Samples after which the clock of another server replaces the current one, if its bound is comparable. */
const CANDIDATE_SAMPLES_MIN = 6;
const BOUND_TIMES_MAX = 2;
const BOUND_EXTRA_MS = 15;
/** Time after which the candidate replaces the current clock regardless. */
const CANDIDATE_WAIT_MAX_MS = 6000;

/**
 * Returns the maximum delay until the next poll.
 * @param jitterMs 90th percentile of the round trips above the shortest one
 */
export function pollDelayMs(polls: number, jitterMs: number): number {
  if (polls < FAST_COUNT) return 60;
  if (polls < MEDIUM_COUNT) return 1000;
  return polls < CALIBRATED_COUNT || jitterMs > STEADY_JITTER_MS ? 20_000 : STEADY_POLL_MS;
}

export class ClockPoller {
  /** The estimate in use. */
  estimator = new ClockEstimator();
  /**
   * Estimate for another server's clock, until it is good enough. Instances share one time, so the old estimate is
   * better at first: a rough new one must not move a playing film.
   */
  private candidate: { estimator: ClockEstimator; since: number } | null = null;
  private asked = 0;
  private timeouts = 0;
  private clockEpoch: string | undefined;
  private cancel: (() => void) | null = null;
  private round = 0;
  private lastAskedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly ports: PollerPorts) {}

  /** Starts a new round of polls; the estimate stays, because the clocks are the same. */
  start(): void {
    this.stop();
    this.asked = 0;
    this.timeouts = 0;
    void this.tick(this.round);
  }

  stop(): void {
    this.round++;
    this.cancel?.();
    this.cancel = null;
  }

  /** Polls early, so that the report arrives soon; at most once in a few seconds. */
  pollSoon(): void {
    const now = this.ports.now();
    if (this.cancel === null || this.asked < MEDIUM_COUNT || now - this.lastAskedAt < POLL_SOON_GAP_MS) return;
    this.cancel();
    void this.tick(this.round);
  }

  /** Called at each server ping. */
  onServerPing(): void {
    const seldom = pollDelayMs(this.asked, this.estimator.jitterMs) === STEADY_POLL_MS;
    if (this.cancel === null || !seldom || this.ports.now() - this.lastAskedAt < PING_POLL_AFTER_MS) return;
    this.cancel();
    void this.tick(this.round);
  }

  /** Returns the server time for a local time; null while unknown. */
  serverAt(local: number): number | null {
    return this.estimator.serverAt(local);
  }

  private async tick(round: number): Promise<void> {
    const delay = pollDelayMs(this.asked++, this.estimator.jitterMs);
    this.cancel = this.ports.after(delay, () => void this.tick(round));
    const t1 = this.ports.now();
    this.lastAskedAt = t1;
    const got = await this.ports.request(t1);
    if (round !== this.round) return;
    if (got === null) {
      if (++this.timeouts >= 2) {
        this.timeouts = 0;
        this.ports.onUnresponsive();
      } else {
        this.cancel?.();
        this.cancel = this.ports.after(RETRY_MS, () => void this.tick(round));
      }
      return;
    }
    this.timeouts = 0;
    const { answer, arrivedAt } = got;
    if (this.estimator.count > 0 && answer.clockEpoch !== this.clockEpoch) {
      this.candidate = { estimator: new ClockEstimator(), since: arrivedAt };
    }
    this.clockEpoch = answer.clockEpoch;
    (this.candidate?.estimator ?? this.estimator).add({ t1, t2: answer.t2, t3: answer.t3, t4: arrivedAt });
    this.adoptCandidate(arrivedAt);
    if (answer.epoch !== null && answer.seq !== null) this.ports.onRevision(answer.epoch, answer.seq);
  }
  private adoptCandidate(now: number): void {
    if (this.candidate === null) return;
    const { estimator, since } = this.candidate;
    const sure = estimator.boundMs <= BOUND_TIMES_MAX * this.estimator.boundMs + BOUND_EXTRA_MS;
    if ((estimator.count < CANDIDATE_SAMPLES_MIN || !sure) && (!estimator.usable || now - since < CANDIDATE_WAIT_MAX_MS)) return;
    this.estimator = estimator;
    this.candidate = null;
  }
}
