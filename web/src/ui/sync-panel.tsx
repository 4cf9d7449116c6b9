/** The sync panel: this viewer's sync status and settings, and the room's settings. */
import { useId } from 'preact/hooks';
import { type SyncMode, TRIM_MAX_MS } from '../app/sync-status';
import { VOICE_DRIFT_MAX_MS, boundText, driftForVoice, driftInWords, isMeasured, stateWord } from '../room/sync-words';
import { rateText } from '../room/format';
import '../styles/drift-graph.css';
import '../styles/sync-panel.css';
import { useApp } from './context';
import { describeDrift } from './drift-graph-layout';
import { Icon } from './icons';
import { OwnCopySetting } from './own-copy-setting';
import { type Choice, RoomSetting } from './room-setting';
import { DriftGraph } from './drift-graph';
import { SyncIcon } from './sync-icon';

const MODES: { mode: SyncMode; name: string; does: string }[] = [
  { mode: 'tight', name: 'Tight', does: 'The same frame, even at a blink of silence.' },
  { mode: 'smooth', name: 'Smooth', does: 'Only what nobody hears. Takes longer.' },
  { mode: 'free', name: 'On my own', does: 'Left alone until you ask to be synced.' },
];

/** @param previousMode the mode that "Sync me" restores */
export function SyncPanel({ former }: { former: SyncMode }) {
  const { room } = useApp();
  return (
    <div class="sync-panel">
      <DriftSummary />
      <SyncModeChoice former={former} />
      <SoundOffset />
      <OwnCopySetting />
      {room.film.value !== null && <RoomSettings />}
    </div>
  );
}

function DriftSummary() {
  const { syncStatus, voice } = useApp();
  const { history } = syncStatus;
  const id = useId();
  const state = syncStatus.state.value;
  const drift = history.value.at(-1)?.drift ?? null;
  const bound = syncStatus.boundMs.value;
  const far = voice.loaded.value?.phase.value === 'on' && isMeasured(state) ? driftForVoice(history.value) : null;
  return (
    <section class="sync-summary" aria-label="How it goes">
      <p class="sync-state">
        <SyncIcon state={state} />
        <span>{stateWord(state, true) || 'not measured yet'}</span>
        {drift !== null && isMeasured(state) && (
          <span class="sync-figure">
            {driftInWords(drift)}
            {bound !== null && (
              <small title="How well the common clock is known">
                <span class="visually-hidden">, measured to</span> {boundText(bound)}
              </small>
            )}
          </span>
        )}
      </p>
      {far !== null && (
        <p class="sync-voice">
          {far > 0
            ? `Too late for voice: the others laugh ${Math.round(far)} ms before you see why.`
            : `Too early for voice: you laugh ${Math.round(-far)} ms before the others see why.`}{' '}
          Up to {VOICE_DRIFT_MAX_MS} ms nobody notices.
          {syncStatus.mode.value !== 'tight' && ' “Tight” below brings you closer.'}
        </p>
      )}
      <DriftGraph history={history.value} labelledBy={id} />
      <p class="sync-text" id={id}>
        {describeDrift(history.value)}
      </p>
    </section>
  );
}

function SyncModeChoice({ former }: { former: SyncMode }) {
  const { syncStatus } = useApp();
  const group = useId();
  const mode = syncStatus.mode.value;
  return (
    <fieldset class="sync-modes">
      <legend>How you keep step</legend>
      {MODES.map((one) => (
        <label class="sync-mode" key={one.mode}>
          <input type="radio" name={group} checked={one.mode === mode} onChange={() => syncStatus.setMode(one.mode)} />
          <span>
            <b>{one.name}</b>
            <small>{one.does}</small>
          </span>
        </label>
      ))}
      {mode === 'free' && (
        <button type="button" class="button button-primary button-small sync-now" onClick={() => syncStatus.setMode(former)}>
          Sync me
        </button>
      )}
    </fieldset>
  );
}

function SoundOffset() {
  const { syncStatus } = useApp();
  const id = useId();
  const ms = syncStatus.trimMs.value;
  const said = ms === 0 ? 'no offset' : `${Math.abs(ms)} ms ${ms > 0 ? 'earlier' : 'later'}`;
  return (
    <div class="sound-offset">
      <label for={id}>Sound offset</label>
      <output for={id} class="sound-offset-figure">
        {ms > 0 ? '+' : ms < 0 ? '−' : ''}
        {Math.abs(ms)} ms
      </output>
      <button
        type="button"
        class="text-button"
        aria-label="Reset the sound offset"
        aria-disabled={ms === 0}
        onClick={() => syncStatus.setTrim(0)}
      >
        Reset
      </button>
      <input
        id={id}
        class="slider"
        type="range"
        min={-TRIM_MAX_MS}
        max={TRIM_MAX_MS}
        step={5}
        value={ms}
        aria-valuetext={said}
        aria-describedby={`${id}-help`}
        style={{ '--at': (ms + TRIM_MAX_MS) / (2 * TRIM_MAX_MS) }}
        onInput={(event) => syncStatus.setTrim(Number(event.currentTarget.value))}
      />
      <p id={`${id}-help`} class="sync-help">
        If your loudspeaker or Bluetooth headset is late, move it until voices match. To the right plays earlier.
      </p>
    </div>
  );
}

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
const WAITS_S = [3, 5, 10, 20];

/** Adds the current value when it is not among the usual ones. */
function withCurrent(usual: number[], own: number): number[] {
  return usual.includes(own) ? usual : [...usual, own].sort((a, b) => a - b);
}

function RoomSettings() {
  const { room, controls } = useApp();
  const lockedId = useId();
  const locked = !room.isHost.value;
  const rateLocked = !room.mayControl.value;
  const rate = room.timeline.value?.rate ?? 1;
  const policy = room.waiting.value;
  const rates = withCurrent(RATES, rate).map((value): Choice<number> => ({ value, label: rateText(value) }));
  return (
    <section class="room-settings" aria-label="For everybody" data-locked={locked}>
      <h3>For everybody</h3>
      {locked && (
        <p class="room-settings-locked" id={lockedId}>
          <Icon name="remote" />
          {controls.holdersText.value}
        </p>
      )}
      <RoomSetting
        legend="Speed"
        choices={rates}
        chosen={rate}
        locked={rateLocked}
        lockedId={lockedId}
        onChoose={(value) => void controls.setRate(value)}
      />
      {policy !== null && (
        <RoomSetting
          legend="When somebody stalls, wait"
          choices={[
            { value: 0, label: 'Never' },
            ...withCurrent(WAITS_S, policy.seconds).map((value) => ({
              value,
              label: `${value} s`,
              name: `Up to ${value} seconds`,
            })),
          ]}
          chosen={policy.mode === 'never' ? 0 : policy.seconds}
          locked={locked}
          lockedId={lockedId}
          onChoose={(value) => void (value === 0 ? controls.setWaiting('never') : controls.setWaiting('everyone', value))}
        />
      )}
    </section>
  );
}
