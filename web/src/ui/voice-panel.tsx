/** The voice of the room: who is in it, one's own microphone, and the settings. Loaded when it is opened. */
import { useEffect, useId } from 'preact/hooks';
import type { Speaker } from '../protocol/voice';
import '../styles/voice.css';
import type { Voice } from '../voice/voice';
import { useApp } from './context';
import { Icon } from './icons';

export function VoicePanel() {
  const { voice, room } = useApp();
  const mine = voice.loaded.value;
  useEffect(() => {
    voice.load().catch(() => undefined);
  }, []);
  const status = room.voice.value;
  if (mine === null || status === null) return <p class="voice-note">Loading…</p>;
  const phase = mine.phase.value;
  const { speakers } = status;
  const full = phase === 'off' && speakers.length >= status.max;
  return (
    <div class="voice">
      {speakers.length === 0 ? (
        <p class="voice-note">Nobody is in it yet. Up to {status.max} people can talk with each other while you watch.</p>
      ) : (
        <ul class="voice-list" aria-label="In the voice">
          {speakers.map((speaker) => (
            <SpeakerRow key={speaker.userId} speaker={speaker} voice={mine} />
          ))}
        </ul>
      )}
      <p class="voice-problem" role="alert">
        {mine.problem.value ?? (full ? 'As many people talk as can at once.' : '')}
      </p>
      {phase === 'off' ? (
        <button type="button" class="button button-primary" aria-disabled={full} onClick={() => !full && void mine.join()}>
          <Icon name="mic" />
          Join the voice
        </button>
      ) : (
        <>
          <Microphone voice={mine} />
          <button type="button" class="button button-outline" onClick={() => mine.leave()}>
            Leave the voice
          </button>
        </>
      )}
    </div>
  );
}

function stateOf(speaker: Speaker, me: boolean, voice: Voice): string {
  if (speaker.away === true) return 'away';
  if (speaker.mutedByHost) return 'muted by a host';
  if (speaker.muted) return 'muted';
  if (me || voice.phase.value !== 'on') return '';
  const link = voice.links.value.get(speaker.userId);
  return link === 'connected' ? '' : link === 'lost' ? 'out of reach, trying again' : 'connecting';
}

function SpeakerRow({ speaker, voice }: { speaker: Speaker; voice: Voice }) {
  const { room } = useApp();
  const me = speaker.userId === room.meId.value;
  const name = room.nameOf(speaker.userId) ?? 'Somebody';
  const speaks = room.speaking.value.has(speaker.userId);
  const state = stateOf(speaker, me, voice);
  const mayMute = room.isHost.value && !me && speaker.userId !== room.ownerId.value;
  return (
    <li class="voice-speaker" data-speaks={speaks}>
      <span class="voice-name">
        <bdi>{name}</bdi>
        {me && <small> you</small>}
        {speaks && <small class="member-speaks"> speaks</small>}
        {state !== '' && <small> {state}</small>}
      </span>
      {!me && voice.phase.value === 'on' && (
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          aria-label={`Volume of ${name}`}
          value={voice.volumes.value.get(speaker.userId) ?? 1}
          onInput={(event) => voice.setVolume(speaker.userId, Number(event.currentTarget.value))}
        />
      )}
      {mayMute && (
        <button
          type="button"
          class="text-button"
          aria-label={speaker.mutedByHost ? `Let ${name} speak` : `Mute ${name} for everybody`}
          onClick={() => void voice.silence(speaker.userId, !speaker.mutedByHost)}
        >
          {speaker.mutedByHost ? 'Let speak' : 'Mute'}
        </button>
      )}
    </li>
  );
}

function Microphone({ voice }: { voice: Voice }) {
  const id = useId();
  const { device, pushToTalk, ducking } = voice.settings.value;
  const devices = voice.devices.value;
  const mutedByHost = voice.mine.value?.mutedByHost === true;
  return (
    <div class="voice-own">
      <meter class="voice-level" min={0} max={1} value={voice.level.value} aria-label="Level of your microphone" />
      <button
        type="button"
        class="button button-outline"
        aria-pressed={voice.muted.value}
        aria-disabled={mutedByHost}
        onClick={() => !mutedByHost && void voice.setMuted(!voice.muted.value)}
      >
        <Icon name={voice.muted.value ? 'mic-off' : 'mic'} />
        {voice.muted.value ? 'Muted' : 'Mute'}
      </button>
      <label for={id}>Microphone</label>
      <select id={id} value={device} onChange={(event) => void voice.choose({ device: event.currentTarget.value })}>
        <option value="">The usual one</option>
        {devices.map((one, index) => (
          <option key={one.deviceId} value={one.deviceId}>
            {one.label === '' ? `Microphone ${index + 1}` : one.label}
          </option>
        ))}
      </select>
      <label class="voice-check">
        <input
          type="checkbox"
          checked={pushToTalk}
          onChange={(event) => void voice.choose({ pushToTalk: event.currentTarget.checked })}
        />
        Push to talk: hold V
      </label>
      <label class="voice-check">
        <input
          type="checkbox"
          checked={ducking}
          onChange={(event) => void voice.choose({ ducking: event.currentTarget.checked })}
        />
        Turn the film down while somebody speaks
      </label>
    </div>
  );
}
