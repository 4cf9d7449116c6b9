/** Counts down to a moment in whole seconds. */
import { type ReadonlySignal, computed, signal } from '@preact/signals';

const TICK_MS = 250;

export interface Countdown {
  /** Whole seconds left; 0 when nothing is awaited. */
  secondsLeft: ReadonlySignal<number>;
  start(ms: number): void;
  stop(): void;
}

export function createCountdown(now: () => number, after: (ms: number, run: () => void) => () => void): Countdown {
  const leftMs = signal(0);
  let until = 0;
  let cancel: (() => void) | null = null;

  function count(): void {
    leftMs.value = Math.max(0, until - now());
    cancel = leftMs.value > 0 ? after(Math.min(TICK_MS, leftMs.value), count) : null;
  }

  function stop(): void {
    cancel?.();
    cancel = null;
    leftMs.value = 0;
  }

  return {
    secondsLeft: computed(() => Math.ceil(leftMs.value / 1000)),
    start(ms: number): void {
      stop();
      until = now() + ms;
      count();
    },
    stop,
  };
}

/** "45 s", "9 min 59 s". */
export function countdownText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
