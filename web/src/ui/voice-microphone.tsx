/** One's own microphone: its level, the mute button, and the settings of voice in this browser. */
import '../styles/room-menu.css';
import type { Voice } from '../voice/voice';
import { DeviceChoice } from './device-choice';
import { Icon } from './icons';
import { Switch } from './room-menu-parts';
import { TalkKeyChoice } from './talk-key-choice';

/** Steps of the level in words, so that a screen reader is not given a number 20 times a second. */
function levelWord(level: number): string {
  return level < 0.15 ? 'silent' : level < 0.5 ? 'quiet' : level < 0.9 ? 'good' : 'very loud';
}

/** A component of its own, because it is drawn 20 times a second. */
function LevelMeter({ voice }: { voice: Voice }) {
  const level = Math.min(1, voice.level.value);
  const word = levelWord(level);
  return (
    <div
      class="voice-level"
      role="meter"
      aria-label="Level of your microphone"
      aria-valuemin={0}
      aria-valuemax={3}
      aria-valuenow={['silent', 'quiet', 'good', 'very loud'].indexOf(word)}
      aria-valuetext={word}
      style={{ '--at': level }}
    />
  );
}

export function VoiceMicrophone({ voice }: { voice: Voice }) {
  const { device, pushToTalk, ducking } = voice.settings.value;
  const mutedByHost = voice.mine.value?.mutedByHost === true;
  const muted = voice.muted.value;
  return (
    <div class="voice-own">
      <div class="voice-microphone">
        <button
          type="button"
          class="button button-outline"
          aria-pressed={muted}
          aria-disabled={mutedByHost}
          onClick={() => !mutedByHost && void voice.setMuted(!muted)}
        >
          <Icon name={muted ? 'mic-off' : 'mic'} />
          {muted ? 'Muted' : 'Mute'}
        </button>
        <button type="button" class="button button-outline" onClick={() => voice.leave()}>
          <Icon name="leave" />
          Leave voice
        </button>
        <LevelMeter voice={voice} />
      </div>
      <DeviceChoice
        label="Microphone"
        devices={voice.devices.value}
        chosen={device}
        onChoose={(next) => void voice.choose({ device: next })}
      />
      <Switch
        label="Push to talk"
        hint="You are heard only while you hold a key or the microphone button"
        on={pushToTalk}
        onChange={(on) => void voice.choose({ pushToTalk: on })}
      />
      {pushToTalk && <TalkKeyChoice voice={voice} />}
      <Switch
        label="Quieter film"
        hint="The film is turned down while somebody speaks"
        on={ducking}
        onChange={(on) => void voice.choose({ ducking: on })}
      />
    </div>
  );
}
