/** How long the room has been waiting, and how long it still will: shown only when it is long enough to be asked about. */
import { type ReadonlySignal, effect, signal } from '@preact/signals';
import type { Timeline } from '../protocol/messages';

export interface Wait {
  /** Whole seconds until the room goes on by itself; null while the server's clock is not known. */
  secondsLeft: number | null;
}

/** An ordinary seek is over before anybody could read a word about it. */
const SHOWN_AFTER_MS = 700;
const TICK_MS = 200;

export function createWait(
  timeline: ReadonlySignal<Timeline | null>,
  serverNow: () => number | null,
): ReadonlySignal<Wait | null> {
  const wait = signal<Wait | null>(null);
  let until: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function count(): void {
    const now = serverNow();
    const secondsLeft = until === null || now === null ? null : Math.max(0, Math.ceil((until - now) / 1000));
    if (wait.value === null || wait.value.secondsLeft !== secondsLeft) wait.value = { secondsLeft };
    timer = setTimeout(count, TICK_MS);
  }

  effect(() => {
    const told = timeline.value;
    const next = told?.phase === 'preparing' ? (told.waiting?.until ?? null) : null;
    // The same wait with fewer people in it goes on as it was.
    if (next === until) return;
    until = next;
    clearTimeout(timer);
    wait.value = null;
    if (until !== null) timer = setTimeout(count, SHOWN_AFTER_MS);
  });
  return wait;
}
