/**
 * The film controls. They show the server's timeline, not the player's state. For a guest the shared ones are locked:
 * reachable, with who holds the remote as description, and without effect. Loaded after the room has been entered.
 */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { FullscreenMode } from '../app/fullscreen';
import '../styles/film-controls.css';
import { clockText, rateText, spokenTime } from '../room/format';
import { IconButton } from './primitives';
import { useApp } from './context';
import { Icon, type IconName } from './icons';
import { ReactionButton } from './reaction-button';
import { SubtitlesButton } from './subtitles-lazy';
import { SyncBadge } from './sync-badge';

export interface ControlBarProps {
  fullscreen: FullscreenMode;
  onFullscreen: () => void;
  /** Opens the message field over the picture; null while the chat is in sight. */
  onWrite: (() => void) | null;
  reacting: boolean;
  onReact: (on: boolean) => void;
}

export function ControlBar({ fullscreen, onFullscreen, onWrite, reacting, onReact }: ControlBarProps) {
  const { playerHost, controls, room } = useApp();
  const lockedId = useId();
  const locked = !room.mayControl.value;
  const { running, ended } = controls;
  const live = playerHost.live.value;
  const rate = room.timeline.value?.rate ?? 1;
  const play = ended.value
    ? (['replay', 'Play again'] as const)
    : running.value
      ? (['pause', 'Pause'] as const)
      : (['play', 'Play'] as const);
  return (
    <div class="bar" role="group" aria-label="Film controls" data-locked={locked} data-live={live}>
      {!live && <Scrubber locked={locked} lockedId={lockedId} />}
      <div class="bar-row">
        <SharedControl
          icon={play[0]}
          filled={play[0] !== 'replay'}
          label={play[1]}
          keys="k"
          locked={locked}
          lockedId={lockedId}
          onClick={() => controls.toggle()}
          class="bar-play"
        />
        {live ? (
          <LiveState />
        ) : (
          <>
            <SharedControl
              icon="back"
              label="Back 10 seconds"
              class="bar-skip"
              keys="j"
              locked={locked}
              lockedId={lockedId}
              onClick={() => void controls.skip(-10)}
            />
            <SharedControl
              icon="ahead"
              label="Ahead 10 seconds"
              class="bar-skip"
              keys="l"
              locked={locked}
              lockedId={lockedId}
              onClick={() => void controls.skip(10)}
            />
            <UndoJump />
            <p class="bar-time">
              <span>{clockText(playerHost.position.value)}</span>
              <span class="bar-time-all"> / {playerHost.duration.value > 0 ? clockText(playerHost.duration.value) : '–:––'}</span>
              {rate !== 1 && <span class="bar-rate"> {rateText(rate)}</span>}
            </p>
          </>
        )}
        {!(live && playerHost.unsynced.value) && <SyncBadge />}
        {locked && (
          <p class="bar-locked" id={lockedId}>
            <Icon name="remote" />
            <span>{controls.holdersText.value}</span>
          </p>
        )}
        <span class="bar-spacer" />
        <Volume />
        <SubtitlesButton />
        {playerHost.canPip.value && (
          <IconButton icon="pip" class="wide-only bar-pip" label="Picture in picture" onClick={() => playerHost.togglePip()} />
        )}
        <ReactionButton open={reacting} onOpen={onReact} />
        {onWrite !== null && <IconButton icon="chat" label="Write in the chat" keys="/" onClick={onWrite} />}
        <IconButton
          icon={fullscreen === 'no' ? 'full' : 'unfull'}
          label={fullscreen === 'no' ? 'Full screen' : 'Leave full screen'}
          keys="f"
          onClick={onFullscreen}
        />
      </div>
    </div>
  );
}

/** What a broadcast shows in place of times, and the way back for a viewer who has fallen behind. */
function LiveState() {
  const { playerHost } = useApp();
  const behind = playerHost.behind.value;
  const unsynced = playerHost.unsynced.value;
  return (
    <>
      <p
        class="bar-live"
        data-behind={behind > 0}
        title={`A broadcast: nobody can jump in it, and ${unsynced ? 'it has no clock by which all could see the same moment' : 'everybody sees the same moment of it'}`}
      >
        Live{unsynced && <small> in your own time</small>}
      </p>
      {behind > 0 && (
        <button
          type="button"
          class="bar-undo bar-behind"
          aria-label={`Back to live, you are ${behind} seconds behind`}
          onClick={() => playerHost.backToLive()}
        >
          <Icon name="ahead" />
          <span>Back to live</span>
        </button>
      )}
    </>
  );
}

function SharedControl(props: {
  icon: IconName;
  label: string;
  keys: string;
  locked: boolean;
  lockedId: string;
  onClick: () => void;
  filled?: boolean;
  class?: string;
}) {
  const { toasts, controls } = useApp();
  return (
    <button
      type="button"
      class={`icon-button shared-control ${props.class ?? ''}`}
      aria-label={props.label}
      aria-disabled={props.locked}
      aria-describedby={props.locked ? props.lockedId : undefined}
      aria-keyshortcuts={props.keys}
      title={props.locked ? controls.holdersText.value : props.label}
      onClick={() => (props.locked ? toasts.show(controls.holdersText.value) : props.onClick())}
    >
      <Icon name={props.icon} filled={props.filled ?? false} />
    </button>
  );
}

/** Takes the last jump back; there for as long as the server accepts it. */
function UndoJump() {
  const { controls } = useApp();
  if (!controls.canUndoJump.value) return null;
  return (
    <button type="button" class="bar-undo" aria-label="Undo jump" aria-keyshortcuts="u" onClick={() => void controls.undoJump()}>
      <Icon name="undo" />
      <span class="wide-only">Undo jump</span>
    </button>
  );
}

/** How far a key moves the slider. Steps of its own would hold its thumb away from the positions between them. */
const STEP_S = 5;
const KEY_STEPS: Partial<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

function Scrubber({ locked, lockedId }: { locked: boolean; lockedId: string }) {
  const { playerHost, controls, toasts } = useApp();
  const dragged = useSignal<number | null>(null);
  const end = playerHost.duration.value;
  const value = dragged.value ?? Math.min(playerHost.position.value, end || 0);
  const share = end > 0 ? value / end : 0;
  const loaded = end > 0 ? Math.min(1, playerHost.bufferedTo.value / end) : 0;
  return (
    <div class="scrub" style={{ '--at': share, '--loaded': Math.max(loaded, share) }}>
      <div class="scrub-track" aria-hidden="true">
        <div class="scrub-loaded" />
        <div class="scrub-done" />
      </div>
      {dragged.value !== null && (
        <output class="scrub-tip" aria-hidden="true">
          {clockText(dragged.value)}
        </output>
      )}
      <input
        type="range"
        class="scrub-input"
        aria-label="Position in the film"
        aria-valuetext={`${spokenTime(value)} of ${spokenTime(end)}`}
        aria-disabled={locked}
        aria-describedby={locked ? lockedId : undefined}
        min={0}
        max={end || 1}
        step="any"
        value={value}
        onKeyDown={(event) => {
          const steps = KEY_STEPS[event.key];
          if (steps === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          void controls.skip(steps * STEP_S);
        }}
        onPointerUp={(event) => event.currentTarget.blur()}
        onInput={(event) => {
          if (locked) {
            event.currentTarget.value = String(value);
            toasts.show(controls.holdersText.value);
          } else {
            dragged.value = Number(event.currentTarget.value);
          }
        }}
        onChange={(event) => {
          if (locked) return;
          dragged.value = null;
          void controls.seek(Number(event.currentTarget.value));
        }}
      />
    </div>
  );
}

function Volume() {
  const { playerHost } = useApp();
  const level = playerHost.volume.value;
  const silent = playerHost.muted.value || level === 0;
  return (
    <div class="volume">
      <IconButton
        icon={silent ? 'muted' : 'volume'}
        label={silent ? 'Sound on' : 'Mute'}
        keys="m"
        onClick={() => (level === 0 ? playerHost.setVolume(0.6, false) : playerHost.setVolume(level, !playerHost.muted.value))}
      />
      {playerHost.canSetVolume() && <VolumeSlider />}
    </div>
  );
}

function VolumeSlider() {
  const { playerHost } = useApp();
  const level = playerHost.volume.value;
  const silent = playerHost.muted.value || level === 0;
  return (
    <input
      type="range"
      class="volume-input"
      aria-label="Volume"
      min={0}
      max={1}
      step={0.05}
      value={silent ? 0 : level}
      style={{ '--at': silent ? 0 : level }}
      onPointerUp={(event) => event.currentTarget.blur()}
      onInput={(event) => playerHost.setVolume(Number(event.currentTarget.value), false)}
    />
  );
}
