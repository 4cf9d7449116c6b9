/** The button that opens the voice of the room; its dialog loads when it is opened. */
import type { Voice } from '../voice/voice';
import { useApp } from './context';
import { Icon } from './icons';
import { lazyComponent } from './lazy';
import { Dialog } from './primitives';
import { isNarrow } from './viewport';

const VoicePanel = lazyComponent(
  async () => (await import('./voice-panel')).VoicePanel,
  () => <p>Loading…</p>,
);
const VoiceMuteButton = lazyComponent<{ voice: Voice }>(async () => (await import('./voice-mute-button')).VoiceMuteButton);
const CameraPictures = lazyComponent<{ voice: Voice; over: boolean }>(
  async () => (await import('./camera-pictures')).CameraPictures,
);

/** The mute button, while this member is in voice. */
export function VoiceMute() {
  const mine = useApp().voice.loaded.value;
  return mine?.phase.value === 'on' ? <VoiceMuteButton voice={mine} /> : null;
}

/**
 * The small pictures of cameras that are on.
 *
 * @param over whether they lie over the film
 */
export function Pictures({ over }: { over: boolean }) {
  const mine = useApp().voice.loaded.value;
  return mine?.hasPictures.value === true ? <CameraPictures voice={mine} over={over} /> : null;
}

export function VoiceButton({ onClick }: { onClick: () => void }) {
  const { room, voice } = useApp();
  const mine = voice.loaded.value;
  const on = mine?.phase.value === 'on';
  const count = room.voice.value?.speakers.length ?? 0;
  return (
    <button
      type="button"
      class="button button-quiet voice-button"
      data-on={on}
      aria-haspopup="dialog"
      aria-label={count === 0 ? 'Voice' : `Voice, ${count} in it`}
      onPointerEnter={VoicePanel.preload}
      onClick={onClick}
    >
      {!on && <Icon name="mic" />}
      <span>Voice</span> {count > 0 && <span aria-hidden="true">{count}</span>}
    </button>
  );
}

export function VoiceDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Voice" class={isNarrow.value ? 'sheet' : ''}>
      <VoicePanel />
    </Dialog>
  );
}
