/** The screen: the film or the curtain before it, what lies over it, and the bar of controls. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Fills } from '../app/fullscreen';
import type { Banner } from '../app/presence';
import { useApp } from './context';
import { ControlBar } from './control-bar';
import { FilmForm } from './film-form';
import { Icon } from './icons';
import { InviteTicket } from './room-code';
import { listNames } from '../room/time-text';
import { StageChat } from './stage-chat';
import { StuckLine } from './stuck-line';
import { WaitLine } from './wait-line';

export interface StageProps {
  frame: RefObject<HTMLDivElement | null>;
  fills: Fills;
  onFullscreen: () => void;
  onChangeFilm: () => void;
  /** Whether the field over the picture is open, and how that changes. */
  writing: boolean;
  onWrite: (on: boolean) => void;
}

export function Stage(props: StageProps) {
  const { theatre, room, remote, toasts, banner } = useApp();
  const mount = useRef<HTMLDivElement>(null);
  useEffect(() => {
    theatre.setStage(mount.current);
    return () => theatre.setStage(null);
  }, [theatre]);
  const film = room.film.value;
  const toast = toasts.current.value;
  const audio = film?.type === 'audio';
  return (
    <div class="stage" ref={props.frame} data-film={film === null ? 'none' : 'set'} data-fills={props.fills}>
      <div class="screen">
        <div
          class="mount"
          data-kind={film?.type ?? ''}
          ref={mount}
          onClick={() => remote.toggle()}
          onDblClick={props.onFullscreen}
        />
        {audio && <div class="vinyl" data-running={remote.running.value} aria-hidden="true" />}
        <div class="curtain" aria-hidden="true">
          <div class="curtain-half curtain-left" />
          <div class="curtain-half curtain-right" />
          <div class="curtain-top" />
          <div class="curtain-glow" />
        </div>
        {film === null && <Idle />}
        {film !== null && <Overlay onChangeFilm={props.onChangeFilm} />}
        {film !== null && <WaitLine />}
        {film !== null && <StuckLine />}
        <LineStrip banner={banner.value} />
        <p class="toast" role="status" data-shown={toast !== null} key={toast?.key}>
          {toast?.text}
        </p>
        {props.fills !== 'no' && <StageChat open={props.writing} onOpen={props.onWrite} />}
      </div>
      {film !== null && <ControlBar fills={props.fills} onFullscreen={props.onFullscreen} onWrite={() => props.onWrite(true)} />}
    </div>
  );
}

function Idle() {
  const { room } = useApp();
  if (room.isHost.value) {
    return (
      <div class="idle">
        <div class="idle-card">
          <h2>What are we watching?</h2>
          <FilmForm />
          <p class="idle-invite">Meanwhile, let them in:</p>
          <InviteTicket />
        </div>
      </div>
    );
  }
  const names = room.hosts.value.map((host) => host.name);
  return (
    <div class="idle">
      <div class="idle-card idle-guest">
        <h2>{names.length === 0 ? 'Waiting for a host' : `Waiting for ${listNames(names)} to choose a film`}</h2>
        <p>The curtain opens by itself. Say hello in the meantime.</p>
      </div>
    </div>
  );
}

function Overlay({ onChangeFilm }: { onChangeFilm: () => void }) {
  const { theatre, room, remote } = useApp();
  const problem = theatre.problem.value;
  if (problem !== null) {
    return (
      <div class="overlay overlay-solid" role="alert">
        <div class="overlay-card">
          <h2>{problem.title}</h2>
          <p>{problem.hint}</p>
          <div class="film-doors">
            <button type="button" class="button button-lamp" onClick={() => theatre.retry()}>
              Try again
            </button>
            {room.isHost.value && (
              <button type="button" class="button button-line" onClick={onChangeFilm}>
                Choose another film
              </button>
            )}
          </div>
        </div>
      </div>
    );
  }
  if (theatre.blocked.value) {
    return (
      <div class="overlay">
        <button type="button" class="join-film" onClick={() => theatre.unblock()}>
          <Icon name="play" filled />
          <span>Join the film</span>
          <small>Your browser waits for your word. You start in step with the others.</small>
        </button>
      </div>
    );
  }
  if (theatre.stalled.value && theatre.stuck.value === null)
    return (
      <div class="overlay overlay-quiet">
        <div class="spinner" role="status" aria-label="Loading the film" />
      </div>
    );
  if (!remote.running.value && room.isHost.value) {
    return (
      <div class="overlay overlay-quiet">
        <button type="button" class="big-play" aria-label="Play" tabIndex={-1} onClick={() => remote.toggle()}>
          <Icon name={remote.ended.value ? 'replay' : 'play'} filled={!remote.ended.value} />
        </button>
      </div>
    );
  }
  return null;
}

const BANNER: Record<Banner, string> = {
  none: '',
  offline: 'You are offline. Your seat is kept.',
  returning: 'Reconnecting to the room…',
  back: 'Back in the room',
};

/** Always there, so that its changes are announced; empty while all is well. */
function LineStrip({ banner }: { banner: Banner }) {
  const state = banner === 'offline' || banner === 'returning' ? 'away' : banner;
  return (
    <p class="line-strip" role="status" data-state={state}>
      {BANNER[banner]}
    </p>
  );
}
