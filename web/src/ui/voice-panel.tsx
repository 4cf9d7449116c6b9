/** The voice of the room: who is in it, one's own microphone, and the settings. Loaded when it is opened. */
import { useEffect } from 'preact/hooks';
import type { Speaker } from '../protocol/voice';
import '../styles/voice.css';
import type { Voice } from '../voice/voice';
import { useApp } from './context';
import { Icon } from './icons';
import { VoiceCamera } from './voice-camera';
import { VoiceMicrophone } from './voice-microphone';

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
        <p class="voice-note">Nobody talks yet. Up to {status.max} people can talk with each other while you watch.</p>
      ) : (
        <ul class="voice-list" aria-label="People in voice">
          {speakers.map((speaker) => (
            <SpeakerRow key={speaker.userId} speaker={speaker} voice={mine} />
          ))}
        </ul>
      )}
      <p class="voice-problem" role="alert">
        {mine.problem.value ?? (full ? `Voice is full: ${status.max} people are in it.` : '')}
      </p>
      {phase === 'off' ? (
        <button type="button" class="button button-primary" aria-disabled={full} onClick={() => !full && void mine.join()}>
          <Icon name="mic" />
          Join voice
        </button>
      ) : (
        <>
          <VoiceMicrophone voice={mine} />
          {phase === 'on' && <VoiceCamera voice={mine} />}
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
  return link === 'connected' ? '' : link === 'lost' ? 'cannot be reached, trying again' : 'connecting';
}

function SpeakerRow({ speaker, voice }: { speaker: Speaker; voice: Voice }) {
  const { room } = useApp();
  const me = speaker.userId === room.meId.value;
  const name = room.nameOf(speaker.userId) ?? 'Somebody';
  const speaks = room.speaking.value.has(speaker.userId);
  const state = stateOf(speaker, me, voice);
  const mayMute = room.isHost.value && !me && speaker.userId !== room.ownerId.value;
  const volume = voice.volumes.value.get(speaker.userId) ?? 1;
  return (
    <li class="voice-speaker" data-speaks={speaks}>
      <Icon name={speaker.muted || speaker.mutedByHost ? 'mic-off' : 'mic'} />
      <span class="voice-name">
        <bdi>{name}</bdi>
        {me && ' (you)'}
        <small class="voice-state">{state !== '' ? state : speaks ? 'speaks' : ''}</small>
      </span>
      {!me && voice.phase.value === 'on' && (
        <input
          type="range"
          class="voice-volume"
          min={0}
          max={1}
          step={0.05}
          aria-label={`Volume of ${name}`}
          aria-valuetext={`${Math.round(volume * 100)} %`}
          value={volume}
          style={{ '--at': volume }}
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
