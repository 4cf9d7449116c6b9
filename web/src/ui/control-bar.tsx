/**
 * The controls. They show the server's timeline, not the player's state. Who does not hold the remote meets the shared ones
 * visibly held: they can be reached, they say who holds them, and they do nothing else.
 */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Fills } from '../app/fullscreen';
import type { Theatre } from '../app/theatre';
import { rateText } from '../room/narrator';
import { clockText, spokenTime } from '../room/time-text';
import { IconButton } from './bits';
import { useApp } from './context';
import { Icon, type IconName } from './icons';
import { StepBadge } from './step-badge';

export function ControlBar({ fills, onFullscreen, onWrite }: { fills: Fills; onFullscreen: () => void; onWrite: () => void }) {
  const { theatre, remote, room, lights } = useApp();
  const bar = useRef<HTMLDivElement>(null);
  const down = lights.down.value;
  const heldId = useId();
  const held = !room.isHost.value;
  const { running, ended } = remote;
  const live = theatre.live.value;
  const rate = room.timeline.value?.rate ?? 1;
  const play = ended.value
    ? (['replay', 'Play again'] as const)
    : running.value
      ? (['pause', 'Pause'] as const)
      : (['play', 'Play'] as const);
  useEffect(() => keepCaptionsAbove(bar.current, down, theatre), [down, fills, theatre]);
  return (
    <div class="bar" ref={bar} role="group" aria-label="Film controls" data-held={held} data-live={live}>
      {!live && <Scrubber held={held} heldId={heldId} />}
      <div class="bar-row">
        <Shared
          icon={play[0]}
          filled={play[0] !== 'replay'}
          label={play[1]}
          keys="k"
          held={held}
          heldId={heldId}
          onClick={() => remote.toggle()}
          class="bar-play"
        />
        {live ? (
          <p class="bar-live" title="A broadcast: everybody sees its newest moment, and nobody can jump in it">
            Live
          </p>
        ) : (
          <>
            <Shared
              icon="back"
              label="Back 10 seconds"
              class="bar-skip"
              keys="j"
              held={held}
              heldId={heldId}
              onClick={() => void remote.skip(-10)}
            />
            <Shared
              icon="ahead"
              label="Ahead 10 seconds"
              class="bar-skip"
              keys="l"
              held={held}
              heldId={heldId}
              onClick={() => void remote.skip(10)}
            />
            <p class="bar-time">
              <span>{clockText(theatre.position.value)}</span>
              <span class="bar-time-all"> / {theatre.duration.value > 0 ? clockText(theatre.duration.value) : '–:––'}</span>
              {rate !== 1 && <span class="bar-rate"> {rateText(rate)}</span>}
            </p>
          </>
        )}
        {!live && <StepBadge />}
        {held && (
          <p class="bar-held" id={heldId}>
            <Icon name="remote" />
            <span>{remote.holders.value}</span>
          </p>
        )}
        <span class="bar-gap" />
        <Volume />
        {theatre.captions.value.available && (
          <IconButton
            icon="captions"
            label="Captions"
            keys="c"
            pressed={theatre.captions.value.on}
            onClick={() => theatre.toggleCaptions()}
          />
        )}
        {theatre.canPip.value && (
          <IconButton icon="pip" class="wide-only bar-pip" label="Picture in picture" onClick={() => theatre.togglePip()} />
        )}
        {fills !== 'no' && <IconButton icon="chat" label="Write in the chat" keys="/" onClick={onWrite} />}
        <IconButton
          icon={fills === 'no' ? 'full' : 'unfull'}
          label={fills === 'no' ? 'Full screen' : 'Leave full screen'}
          keys="f"
          onClick={onFullscreen}
        />
      </div>
    </div>
  );
}

/** The bar's shade begins above its first row. */
const SHADE_PX = 16;

/** The bar lies over the picture while the lights are up, and not at all on a narrow page. */
function keepCaptionsAbove(bar: HTMLElement | null, down: boolean, theatre: Theatre): () => void {
  const measure = () => {
    const picture = bar?.parentElement?.querySelector('.screen')?.getBoundingClientRect();
    const top = bar?.firstElementChild?.getBoundingClientRect().top;
    if (picture === undefined || top === undefined || picture.height === 0) return;
    theatre.liftCaptions(down || top >= picture.bottom ? 0 : (picture.bottom - top + SHADE_PX) / picture.height);
  };
  measure();
  window.addEventListener('resize', measure);
  return () => window.removeEventListener('resize', measure);
}

function Shared(props: {
  icon: IconName;
  label: string;
  keys: string;
  held: boolean;
  heldId: string;
  onClick: () => void;
  filled?: boolean;
  class?: string;
}) {
  const { toasts, remote } = useApp();
  return (
    <button
      type="button"
      class={`icon-button shared ${props.class ?? ''}`}
      aria-label={props.label}
      aria-disabled={props.held}
      aria-describedby={props.held ? props.heldId : undefined}
      aria-keyshortcuts={props.keys}
      title={props.held ? remote.holders.value : props.label}
      onClick={() => (props.held ? toasts.show(remote.holders.value) : props.onClick())}
    >
      <Icon name={props.icon} filled={props.filled ?? false} />
    </button>
  );
}

function Scrubber({ held, heldId }: { held: boolean; heldId: string }) {
  const { theatre, remote, toasts } = useApp();
  const dragged = useSignal<number | null>(null);
  const end = theatre.duration.value;
  const value = dragged.value ?? Math.min(theatre.position.value, end || 0);
  const share = end > 0 ? value / end : 0;
  const loaded = end > 0 ? Math.min(1, theatre.bufferedTo.value / end) : 0;
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
        aria-disabled={held}
        aria-describedby={held ? heldId : undefined}
        min={0}
        max={end || 1}
        step={5}
        value={value}
        onPointerUp={(event) => event.currentTarget.blur()}
        onInput={(event) => {
          if (held) {
            event.currentTarget.value = String(value);
            toasts.show(remote.holders.value);
          } else {
            dragged.value = Number(event.currentTarget.value);
          }
        }}
        onChange={(event) => {
          if (held) return;
          dragged.value = null;
          void remote.seek(Number(event.currentTarget.value));
        }}
      />
    </div>
  );
}

function Volume() {
  const { theatre } = useApp();
  const level = theatre.volume.value;
  const silent = theatre.muted.value || level === 0;
  return (
    <div class="volume">
      <IconButton
        icon={silent ? 'muted' : 'volume'}
        label={silent ? 'Sound on' : 'Mute'}
        keys="m"
        onClick={() => (level === 0 ? theatre.setVolume(0.6, false) : theatre.setVolume(level, !theatre.muted.value))}
      />
      {theatre.canSetVolume() && <VolumeSlider />}
    </div>
  );
}

function VolumeSlider() {
  const { theatre } = useApp();
  const level = theatre.volume.value;
  const silent = theatre.muted.value || level === 0;
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
      onInput={(event) => theatre.setVolume(Number(event.currentTarget.value), false)}
    />
  );
}
