/** Counts down a ready barrier that lasts long enough to be noticed. */
import { type ReadonlySignal, effect, signal } from '@preact/signals';
import type { Timeline } from '../protocol/messages';

export interface BarrierCountdown {
  /** Whole seconds until the deadline; null while the server time is unknown. */
  secondsLeft: number | null;
}

/** Shorter barriers, such as those of an ordinary seek, are not shown. */
const SHOWN_AFTER_MS = 700;
const TICK_MS = 200;

export function createBarrierCountdown(
  timeline: ReadonlySignal<Timeline | null>,
  serverNow: () => number | null,
): ReadonlySignal<BarrierCountdown | null> {
  const wait = signal<BarrierCountdown | null>(null);
  let until: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function count(): void {
    const now = serverNow();
    const secondsLeft = until === null || now === null ? null : Math.max(0, Math.ceil((until - now) / 1000));
    if (wait.value === null || wait.value.secondsLeft !== secondsLeft) wait.value = { secondsLeft };
    timer = setTimeout(count, TICK_MS);
  }

  effect(() => {
    const current = timeline.value;
    const next = current?.phase === 'preparing' ? (current.waiting?.until ?? null) : null;
    // A barrier that waits for fewer members keeps its countdown.
    if (next === until) return;
    until = next;
    clearTimeout(timer);
    wait.value = null;
    if (until !== null) timer = setTimeout(count, SHOWN_AFTER_MS);
  });
  return wait;
}
