// Records of members and newcomers: latencies, rejections and lost connections.
const NEVER_MS = Number.POSITIVE_INFINITY;

export class Recorder {
  clocks = [];
  chats = [];
  visits = [];
  refusals = [];
  disconnects = [];

  #now;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** @param at when the question was sent; @param answer or null when none came */
  clock(at, who, answer) {
    const ok = answer?.ok === true;
    this.clocks.push({ at, ms: answer === null ? NEVER_MS : this.#now() - at });
    if (!ok) this.refused(at, who, answer === null ? 'no answer to clock' : `clock: ${answer.code}`);
  }

  chat(at, ms) {
    this.chats.push({ at, ms });
  }

  visit(at) {
    this.visits.push({ at, ms: this.#now() - at });
  }

  refused(at, who, what) {
    this.refusals.push({ at, who, what });
  }

  disconnected(who, why) {
    this.disconnects.push({ at: this.#now(), who, what: why });
  }

  /** Returns what began between these moments. */
  between(from, to) {
    const within = ({ at }) => at >= from && at < to;
    return {
      clock: latencies(this.clocks.filter(within)),
      chat: latencies(this.chats.filter(within)),
      visit: latencies(this.visits.filter(within)),
      refusals: this.refusals.filter(within),
      disconnects: this.disconnects.filter(within),
    };
  }
}

/** @returns { count, p50, p99, max } in ms, null without samples */
export function latencies(samples) {
  const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return { count: sorted.length, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: sorted.at(-1) ?? null };
}

/** Returns a quantile by the nearest rank. */
export const quantile = (sorted, part) =>
  sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))];
