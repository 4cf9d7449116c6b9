/** One short message at a time over the film. */
import { signal } from '@preact/signals';

const SHOWN_MS = 3200;

export function createToasts(after: (ms: number, run: () => void) => () => void) {
  const current = signal<{ text: string; key: number } | null>(null);
  let key = 0;
  let cancel: (() => void) | null = null;
  return {
    current,
    show(text: string): void {
      cancel?.();
      // Repeating the current text only extends it.
      if (current.value?.text !== text) current.value = { text, key: key++ };
      cancel = after(SHOWN_MS, () => (current.value = null));
    },
    /** Removes a text that no longer holds. */
    withdraw(text: string): void {
      if (current.value?.text === text) current.value = null;
    },
  };
}

export type Toasts = ReturnType<typeof createToasts>;
