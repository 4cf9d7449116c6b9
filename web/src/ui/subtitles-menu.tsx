/** The menu of subtitles and audio. All of it is the viewer's own, but for what a host shares with everybody. */
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { DELAY_STEP_S, OWN, type Subtitles, delayText } from '../app/subtitles';
import { BACKGROUNDS, PLACES, SIZES } from '../app/subtitle-settings';
import { ENCODINGS, type Encoding } from '../subtitles/decode';
import '../styles/subtitles.css';
import { OwnCopySetting } from './own-copy-setting';
import { type Choice, RoomSetting } from './room-setting';
import { ShareAddress, ShareFile, SharingNotes, StopSharing } from './subtitles-sharing';

export function SubtitlesMenu({ subtitles }: { subtitles: Subtitles }) {
  const { chosen, choices, audio, isDrawnByPlayer } = subtitles;
  return (
    <div class="subtitles-menu">
      <TrackList
        legend="Subtitles"
        choices={[{ id: null, label: 'Off' }, ...choices.value]}
        chosen={chosen.value}
        onChoose={subtitles.choose}
        beside={(id) => <StopSharing subtitles={subtitles} id={id} />}
      >
        <OwnFile subtitles={subtitles} />
      </TrackList>
      {isDrawnByPlayer.value ? (
        <p class="subtitles-hint">This player draws its subtitles itself. Size, place and delay are its own.</p>
      ) : (
        chosen.value !== null && <Delay subtitles={subtitles} />
      )}
      {audio.value.choices.length > 1 && (
        <TrackList
          legend="Audio"
          choices={audio.value.choices}
          chosen={audio.value.chosen}
          onChoose={(id) => subtitles.selectAudio(id)}
        />
      )}
      {!isDrawnByPlayer.value && <Look subtitles={subtitles} />}
      <OwnCopySetting />
    </div>
  );
}

function TrackList<T extends string | null>(props: {
  legend: string;
  choices: { id: T; label: string }[];
  chosen: T | null;
  onChoose: (id: T) => void;
  beside?: (id: T) => ComponentChildren;
  children?: ComponentChildren;
}) {
  const group = useId();
  return (
    <fieldset class="track-list">
      <legend>{props.legend}</legend>
      {props.choices.map(({ id, label }) => (
        <div class="track-row" key={String(id)}>
          <label class="track">
            <input type="radio" name={group} checked={id === props.chosen} onChange={() => props.onChoose(id)} />
            <span dir="auto">{label}</span>
          </label>
          {props.beside?.(id)}
        </div>
      ))}
      {props.children}
    </fieldset>
  );
}

function OwnFile({ subtitles }: { subtitles: Subtitles }) {
  const { source, reading, problem, notes, encoding, guessed } = subtitles.file.value;
  const isOwn = source?.id === OWN;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <div class="own-file">
        <button type="button" class="button button-outline button-small" onClick={() => input.current?.click()}>
          {isOwn ? 'Open another file' : 'Open a file'}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="Subtitle file"
          accept=".srt,.vtt,.ass,.ssa,.sub,.txt,text/vtt,text/plain"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // Empty, so that the same file can be chosen again.
            event.currentTarget.value = '';
            if (file !== undefined) void subtitles.openFile(file);
          }}
        />
        <ShareAddress subtitles={subtitles} />
        {!isOwn && (
          <p class="subtitles-hint">
            SRT, WebVTT, ASS or SSA. It stays on this device{subtitles.shared.mayShare.value ? ' until you share it' : ''}.
          </p>
        )}
      </div>
      {/* Always rendered, so that changes are announced. */}
      <p class="file-notes" role="status" data-problem={problem !== null}>
        {reading ? (isOwn ? 'Reading the file…' : 'Loading the subtitles…') : [problem, ...notes].filter(Boolean).join(' ')}
      </p>
      {encoding !== null && !reading && (isOwn || guessed) && (
        <EncodingChoice encoding={encoding} onChoose={(next) => void subtitles.setEncoding(next)} />
      )}
      <ShareFile subtitles={subtitles} />
      <SharingNotes subtitles={subtitles} />
    </>
  );
}

function EncodingChoice({ encoding, onChoose }: { encoding: Encoding; onChoose: (encoding: Encoding) => void }) {
  const id = useId();
  return (
    <div class="encoding">
      <label for={id}>Letters look wrong?</label>
      <select id={id} value={encoding} onChange={(event) => onChoose(event.currentTarget.value as Encoding)}>
        {ENCODINGS.map((one) => (
          <option key={one.encoding} value={one.encoding}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Delay({ subtitles }: { subtitles: Subtitles }) {
  const id = useId();
  const seconds = subtitles.delay.value;
  const sign = seconds > 0 ? '+' : seconds < 0 ? '−' : '';
  return (
    <div class="subtitle-delay" role="group" aria-labelledby={id}>
      <span id={id} class="room-setting-legend">
        Delay
      </span>
      <button
        type="button"
        class="button button-outline"
        aria-label={`${DELAY_STEP_S} seconds earlier`}
        aria-keyshortcuts="g"
        onClick={() => subtitles.setDelay(seconds - DELAY_STEP_S)}
      >
        −
      </button>
      <output class="subtitle-delay-figure">
        <span aria-hidden="true">
          {sign}
          {Math.abs(seconds).toFixed(1)} s
        </span>
        <span class="visually-hidden">{delayText(seconds)}</span>
      </output>
      <button
        type="button"
        class="button button-outline"
        aria-label={`${DELAY_STEP_S} seconds later`}
        aria-keyshortcuts="h"
        onClick={() => subtitles.setDelay(seconds + DELAY_STEP_S)}
      >
        +
      </button>
      <button type="button" class="text-button" aria-disabled={seconds === 0} onClick={() => subtitles.setDelay(0)}>
        Reset
      </button>
    </div>
  );
}

const named = <T extends string>(values: readonly T[]): Choice<T>[] =>
  values.map((value) => ({ value, label: `${value.charAt(0).toUpperCase()}${value.slice(1)}` }));
const SIZE_CHOICES = named(SIZES);
const PLACE_CHOICES = named(PLACES);
const BACKGROUND_CHOICES = named(BACKGROUNDS);

function Look({ subtitles }: { subtitles: Subtitles }) {
  const { size, place, background } = subtitles.settings.value;
  const common = { locked: false, lockedId: '' };
  return (
    <>
      <RoomSetting
        {...common}
        legend="Size"
        choices={SIZE_CHOICES}
        chosen={size}
        onChoose={(next) => subtitles.change({ size: next })}
      />
      <RoomSetting
        {...common}
        legend="Place"
        choices={PLACE_CHOICES}
        chosen={place}
        onChoose={(next) => subtitles.change({ place: next })}
      />
      <RoomSetting
        {...common}
        legend="Background"
        choices={BACKGROUND_CHOICES}
        chosen={background}
        onChoose={(next) => subtitles.change({ background: next })}
      />
    </>
  );
}
