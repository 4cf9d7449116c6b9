/** The house lights: down while the film runs and nobody touches anything, up again at the first move. */
import { type ReadonlySignal, effect, signal } from '@preact/signals';

const QUIET_MS = 3000;

export function createLights(running: ReadonlySignal<boolean>, after: (ms: number, run: () => void) => () => void) {
  const down = signal(false);
  let cancel: (() => void) | null = null;

  function touch(): void {
    down.value = false;
    cancel?.();
    cancel = running.peek() ? after(QUIET_MS, dim) : null;
  }

  function dim(): void {
    const busy = document.activeElement?.closest('textarea, input, dialog[open]') ?? document.querySelector('dialog[open]');
    // A field in use and an open sheet keep the lights on; so does a control that shows its focus ring.
    const ringed = document.activeElement?.matches('.bar :focus-visible') === true;
    if (busy !== null || ringed) cancel = after(QUIET_MS, dim);
    else down.value = true;
  }

  effect(() => {
    if (running.value) {
      touch();
    } else {
      cancel?.();
      cancel = null;
      down.value = false;
    }
  });
  for (const name of ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const) {
    window.addEventListener(name, touch, { passive: true });
  }
  return { down, touch };
}
