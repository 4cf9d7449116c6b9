/** One's own step in full: how it goes, what may be done for it, and when the room waits. */
import { useId } from 'preact/hooks';
import { type StepMode, TRIM_MAX_MS } from '../app/step';
import { boundText, driftInWords, isMeasured, stateWord } from '../room/step-words';
import { rateText } from '../room/narrator';
import { useApp } from './context';
import { graphInWords } from './graph';
import { Icon } from './icons';
import { type Choice, SharedChoice } from './shared-choice';
import { StepGraph } from './step-graph';
import { StepMark } from './step-mark';

const MODES: { mode: StepMode; name: string; does: string }[] = [
  { mode: 'tight', name: 'Tight', does: 'The same frame, even at a blink of silence.' },
  { mode: 'smooth', name: 'Smooth', does: 'Only what nobody hears. Takes longer.' },
  { mode: 'free', name: 'On my own', does: 'Left alone until you ask to be synced.' },
];

/** `former` is the mode that "Sync me" goes back to. */
export function StepPanel({ former }: { former: StepMode }) {
  const { room } = useApp();
  return (
    <div class="step-panel">
      <Reading />
      <Mode former={former} />
      <Trim />
      {room.film.value !== null && <ForEverybody />}
    </div>
  );
}

function Reading() {
  const { step } = useApp();
  const { history } = step;
  const id = useId();
  const state = step.state.value;
  const drift = history.value.at(-1)?.drift ?? null;
  const bound = step.boundMs.value;
  return (
    <section class="step-reading" aria-label="How it goes">
      <p class="step-now">
        <StepMark state={state} />
        <span>{stateWord(state, true) || 'not measured yet'}</span>
        {drift !== null && isMeasured(state) && (
          <span class="step-figure">
            {driftInWords(drift)}
            {bound !== null && (
              <small title="How well the common clock is known">
                <span class="visually-hidden">, measured to</span> {boundText(bound)}
              </small>
            )}
          </span>
        )}
      </p>
      <StepGraph history={history.value} labelledBy={id} />
      <p class="step-words" id={id}>
        {graphInWords(history.value)}
      </p>
    </section>
  );
}

function Mode({ former }: { former: StepMode }) {
  const { step } = useApp();
  const group = useId();
  const mode = step.mode.value;
  return (
    <fieldset class="step-modes">
      <legend>How you keep step</legend>
      {MODES.map((one) => (
        <label class="step-mode" key={one.mode}>
          <input type="radio" name={group} checked={one.mode === mode} onChange={() => step.setMode(one.mode)} />
          <span>
            <b>{one.name}</b>
            <small>{one.does}</small>
          </span>
        </label>
      ))}
      {mode === 'free' && (
        <button type="button" class="button button-lamp button-small step-sync" onClick={() => step.setMode(former)}>
          Sync me
        </button>
      )}
    </fieldset>
  );
}

function Trim() {
  const { step } = useApp();
  const id = useId();
  const ms = step.trimMs.value;
  const said = ms === 0 ? 'no offset' : `${Math.abs(ms)} ms ${ms > 0 ? 'earlier' : 'later'}`;
  return (
    <div class="step-trim">
      <label for={id}>Sound offset</label>
      <output for={id} class="step-trim-figure">
        {ms > 0 ? '+' : ms < 0 ? '−' : ''}
        {Math.abs(ms)} ms
      </output>
      <button
        type="button"
        class="text-button"
        aria-label="Reset the sound offset"
        aria-disabled={ms === 0}
        onClick={() => step.setTrim(0)}
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
        onInput={(event) => step.setTrim(Number(event.currentTarget.value))}
      />
      <p id={`${id}-help`} class="step-help">
        If your loudspeaker or Bluetooth headset is late, move it until voices match. To the right plays earlier.
      </p>
    </div>
  );
}

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
const WAITS_S = [3, 5, 10, 20];

/** A value that is none of the usual ones is shown as well. */
function withOwn(usual: number[], own: number): number[] {
  return usual.includes(own) ? usual : [...usual, own].sort((a, b) => a - b);
}

function ForEverybody() {
  const { room, remote } = useApp();
  const heldId = useId();
  const held = !room.isHost.value;
  const rate = room.timeline.value?.rate ?? 1;
  const policy = room.waiting.value;
  const rates = withOwn(RATES, rate).map((value): Choice<number> => ({ value, label: rateText(value) }));
  return (
    <section class="step-shared" aria-label="For everybody" data-held={held}>
      <h3>For everybody</h3>
      {held && (
        <p class="step-held" id={heldId}>
          <Icon name="remote" />
          {remote.holders.value}
        </p>
      )}
      <SharedChoice
        legend="Speed"
        choices={rates}
        chosen={rate}
        held={held}
        heldId={heldId}
        onChoose={(value) => void remote.setRate(value)}
      />
      {policy !== null && (
        <SharedChoice
          legend="When somebody stalls, wait"
          choices={[
            { value: 0, label: 'Never' },
            ...withOwn(WAITS_S, policy.seconds).map((value) => ({ value, label: `${value} s`, name: `Up to ${value} seconds` })),
          ]}
          chosen={policy.mode === 'never' ? 0 : policy.seconds}
          held={held}
          heldId={heldId}
          onChoose={(value) => void (value === 0 ? remote.setWaiting('never') : remote.setWaiting('everyone', value))}
        />
      )}
    </section>
  );
}
