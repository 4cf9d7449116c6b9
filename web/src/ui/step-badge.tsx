/** How well one's own player keeps step, in the bar; everything about it opens from there. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { StepMode } from '../app/step';
import { driftText, isMeasured, stateWord } from '../room/step-words';
import { Dialog } from './bits';
import { useApp } from './context';
import { StepMark } from './step-mark';
import { StepPanel } from './step-panel';
import { isNarrow } from './viewport';

const WIDTH_PX = 384;
/** Below this there is no room above the bar, and the panel lies over it. */
const ROOM_PX = 440;
const EDGE_PX = 8;

/** A corner of the screen from which the panel grows: above the button where that is possible. */
function corner(button: HTMLElement): Record<string, string> {
  const box = button.getBoundingClientRect();
  const left = Math.max(EDGE_PX, Math.min(box.left, window.innerWidth - WIDTH_PX - EDGE_PX));
  const above = window.innerHeight - box.top + EDGE_PX;
  return { '--left': `${left}px`, '--bottom': `${box.top > ROOM_PX ? above : EDGE_PX}px` };
}

export function StepBadge() {
  const { step } = useApp();
  const open = useSignal(false);
  const former = useSignal<StepMode>('tight');
  const place = useSignal<Record<string, string>>({});
  const button = useRef<HTMLButtonElement>(null);
  useSignalEffect(() => {
    if (step.mode.value !== 'free') former.value = step.mode.value;
  });
  useLayoutEffect(() => {
    if (!open.value) return undefined;
    const put = () => {
      if (button.current !== null) place.value = corner(button.current);
    };
    put();
    window.addEventListener('resize', put);
    return () => window.removeEventListener('resize', put);
  }, [open.value]);

  const state = step.state.value;
  const word = stateWord(state, true) || 'your sync';
  // The figure follows the history, not every measurement: a number that flickers cannot be read.
  const drift = step.history.value.at(-1)?.drift ?? null;
  const shown = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return (
    <>
      <button
        ref={button}
        type="button"
        class="bar-step"
        data-state={state}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        aria-label={`Sync: ${word}`}
        title="How well you keep step"
        onClick={() => (open.value = true)}
      >
        <StepMark state={state} />
        <span>{shown}</span>
        {drift !== null && isMeasured(state) && <span class="bar-step-figure">{driftText(drift)}</span>}
      </button>
      <Dialog
        open={open.value}
        onClose={() => (open.value = false)}
        title="Your sync"
        class={isNarrow.value ? 'sheet' : 'popover'}
        style={place.value}
      >
        <StepPanel former={former.value} />
      </Dialog>
    </>
  );
}
