/** Hides the controls while the film plays and the viewer is idle, and shows them at the next input. */
import { type ReadonlySignal, effect, signal } from '@preact/signals';

const IDLE_MS = 3000;

export function createControlsAutohide(running: ReadonlySignal<boolean>, after: (ms: number, run: () => void) => () => void) {
  const hidden = signal(false);
  let cancel: (() => void) | null = null;

  function show(): void {
    hidden.value = false;
    cancel?.();
    cancel = running.peek() ? after(IDLE_MS, hide) : null;
  }

  function hide(): void {
    const busy = document.activeElement?.closest('textarea, input, dialog[open]') ?? document.querySelector('dialog[open]');
    // A field in use, an open dialog and a control with a visible focus ring keep the controls shown.
    const ringed = document.activeElement?.matches('.bar :focus-visible') === true;
    if (busy !== null || ringed) cancel = after(IDLE_MS, hide);
    else hidden.value = true;
  }

  effect(() => {
    if (running.value) {
      show();
    } else {
      cancel?.();
      cancel = null;
      hidden.value = false;
    }
  });
  for (const name of ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const) {
    window.addEventListener(name, show, { passive: true });
  }
  return { hidden, show };
}
