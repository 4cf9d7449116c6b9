/** One short message at a time over the film. */
import { signal } from '@preact/signals';

const SHOWN_MS = 3200;
/** A message with a button stays until it can be reached by keyboard. */
const WITH_ACTION_MS = 9000;

export interface ToastAction {
  label: string;
  run(): void;
}

export interface Toast {
  text: string;
  key: number;
  action?: ToastAction;
}

export function createToasts(after: (ms: number, run: () => void) => () => void) {
  const current = signal<Toast | null>(null);
  let key = 0;
  let cancel: (() => void) | null = null;

  function hide(): void {
    cancel?.();
    cancel = null;
    current.value = null;
  }

  return {
    current,
    show(text: string, action?: ToastAction): void {
      cancel?.();
      // Repeating the current text only extends it.
      if (action !== undefined) {
        const run = () => {
          hide();
          action.run();
        };
        current.value = { text, key: key++, action: { label: action.label, run } };
      } else if (current.value?.text !== text) current.value = { text, key: key++ };
      cancel = after(action === undefined ? SHOWN_MS : WITH_ACTION_MS, hide);
    },
    /** Removes a text that no longer holds. */
    withdraw(text: string): void {
      if (current.value?.text === text) hide();
    },
  };
}

export type Toasts = ReturnType<typeof createToasts>;
