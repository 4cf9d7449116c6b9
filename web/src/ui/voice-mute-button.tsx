/** The button that mutes the own microphone, or is held to talk while push to talk is on. Loaded with voice. */
import { useRef } from 'preact/hooks';
import '../styles/voice-mute-button.css';
import type { Voice } from '../voice/voice';
import { Icon } from './icons';
import { IconButton } from './primitives';

export function VoiceMuteButton({ voice }: { voice: Voice }) {
  const muted = voice.muted.value;
  if (!muted && voice.settings.value.pushToTalk) return <HoldButton voice={voice} />;
  return (
    <IconButton
      icon={muted ? 'mic-off' : 'mic'}
      class="voice-mute"
      label={muted ? 'Microphone on' : 'Mute the microphone'}
      onClick={() => void voice.setMuted(!muted)}
    />
  );
}

/** Talks while it is held by a pointer or a key. A click by a screen reader, which cannot hold, switches. */
function HoldButton({ voice }: { voice: Voice }) {
  const pointer = useRef(false);
  const talks = voice.talks.value;
  const hold = (on: boolean) => voice.holdButton(on);
  const release = () => {
    if (pointer.current) hold(false);
    pointer.current = false;
  };
  return (
    <button
      type="button"
      class="icon-button voice-mute voice-hold"
      aria-label="Hold to talk"
      aria-pressed={talks}
      title="Hold to talk"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        pointer.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        hold(true);
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onLostPointerCapture={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== ' ' && event.key !== 'Enter') return;
        event.preventDefault();
        hold(true);
      }}
      onKeyUp={() => hold(false)}
      onBlur={() => hold(false)}
      onClick={(event) => {
        if (event.detail === 0) hold(!talks);
      }}
    >
      <Icon name="mic" filled={talks} />
    </button>
  );
}
