/** The sync badge in the control bar, which opens the sync panel. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { SyncMode } from '../app/sync-status';
import { driftForVoice, driftText, isMeasured, stateWord } from '../room/sync-words';
import { lazyComponent } from './lazy';
import { usePopover } from './popover';
import { Dialog } from './primitives';
import { useApp } from './context';
import { SyncIcon } from './sync-icon';
import { isNarrow } from './viewport';

const SyncPanel = lazyComponent<{ former: SyncMode }>(async () => (await import('./sync-panel')).SyncPanel);

export function SyncBadge() {
  const { syncStatus, voice } = useApp();
  const open = useSignal(false);
  const previousMode = useSignal<SyncMode>('tight');
  const button = useRef<HTMLButtonElement>(null);
  useSignalEffect(() => {
    if (syncStatus.mode.value !== 'free') previousMode.value = syncStatus.mode.value;
  });
  const place = usePopover(open.value, button);

  const state = syncStatus.state.value;
  const word = stateWord(state, true) || 'your sync';
  // Uses the history instead of every measurement, because a flickering number is unreadable.
  const drift = syncStatus.history.value.at(-1)?.drift ?? null;
  const talks = voice.loaded.value?.phase.value === 'on';
  const far = talks && isMeasured(state) ? driftForVoice(syncStatus.history.value) : null;
  const stateText = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  const shown = far === null ? stateText : far > 0 ? 'Late for voice' : 'Early for voice';
  return (
    <>
      <button
        ref={button}
        type="button"
        class="bar-sync"
        data-state={state}
        data-far={far !== null}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        aria-label={`Sync: ${shown}`}
        title="How well you keep step"
        onPointerEnter={SyncPanel.preload}
        onFocus={SyncPanel.preload}
        onClick={() => (open.value = true)}
      >
        <SyncIcon state={far === null ? state : 'stuck'} />
        <span>{shown}</span>
        {drift !== null && isMeasured(state) && (
          // Drawn by the style, and so no part of the name, because it changes twice a second. The panel says it in words.
          <span class="bar-sync-figure" data-text={driftText(drift)} />
        )}
      </button>
      <Dialog
        open={open.value}
        onClose={() => (open.value = false)}
        title="Your sync"
        class={isNarrow.value ? 'sheet' : 'popover'}
        style={place}
      >
        <SyncPanel former={previousMode.value} />
      </Dialog>
    </>
  );
}
