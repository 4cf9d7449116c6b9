/** The button that opens the voice of the room; its dialog loads when it is opened. */
import { useApp } from './context';
import { Icon } from './icons';
import { lazyComponent } from './lazy';
import { Dialog, IconButton } from './primitives';
import { isNarrow } from './viewport';

const VoicePanel = lazyComponent(
  async () => (await import('./voice-panel')).VoicePanel,
  () => <p>Loading…</p>,
);

export function VoiceButton({ onClick }: { onClick: () => void }) {
  const { room, voice } = useApp();
  const mine = voice.loaded.value;
  const on = mine?.phase.value === 'on';
  const count = room.voice.value?.speakers.length ?? 0;
  return (
    <div class="voice-buttons">
      {on && (
        <IconButton
          icon={mine.muted.value ? 'mic-off' : 'mic'}
          label={mine.muted.value ? 'Microphone on' : 'Mute the microphone'}
          onClick={() => void mine.setMuted(!mine.muted.value)}
        />
      )}
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
        <span>Voice</span>
        {count > 0 && <span aria-hidden="true">{count}</span>}
      </button>
    </div>
  );
}

export function VoiceDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Voice" class={isNarrow.value ? 'sheet' : ''}>
      <VoicePanel />
    </Dialog>
  );
}
