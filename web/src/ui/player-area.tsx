/** The player area: the film or the curtain, overlays, and the control bar. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FullscreenMode } from '../app/fullscreen';
import type { Banner } from '../app/connection-status';
import { useApp } from './context';
import type { ControlBarProps } from './control-bar';
import { Icon } from './icons';
import { lazyComponent } from './lazy';
import type { OverFilmProps } from './over-film';
import { SubtitleLayer } from './subtitles-lazy';
import { ToastLine } from './toast';
import { libraryId } from '../protocol/video-kind';
import { LibraryNotice } from './library-lazy';
import { OwnCopy } from './own-film-lazy';
import { Pictures } from './voice-button';

export const ControlBar = lazyComponent<ControlBarProps>(
  async () => (await import('./control-bar')).ControlBar,
  // Keeps the place below the film of a phone.
  () => <div class="bar-place" />,
);
export const OverFilm = lazyComponent<OverFilmProps>(async () => (await import('./over-film')).OverFilm);
export const FilmNotices = lazyComponent(async () => (await import('./film-notices')).FilmNotices);
const NoFilmCard = lazyComponent(async () => (await import('./no-film')).NoFilmCard);
const QueueEndCard = lazyComponent(async () => (await import('./queue-end-card')).QueueEndCard);
const MissingPartNotice = lazyComponent(async () => (await import('./missing-part-notice')).MissingPartNotice);

export interface PlayerAreaProps {
  frame: RefObject<HTMLDivElement | null>;
  fullscreen: FullscreenMode;
  onFullscreen: () => void;
  onChangeFilm: () => void;
  /** Whether the camera pictures lie over the film. */
  pictures: boolean;
  /** Whether the chat is out of sight. */
  chatOver: boolean;
  /** Whether the message field over the picture is open. */
  writing: boolean;
  onWrite: (on: boolean) => void;
  /** Whether the reactions to the film are offered. */
  reacting: boolean;
  onReact: (on: boolean) => void;
}

export function PlayerArea(props: PlayerAreaProps) {
  const { playerHost, room, controls, banner, queue } = useApp();
  const mount = useRef<HTMLDivElement>(null);
  useEffect(() => {
    playerHost.setMount(mount.current);
    return () => playerHost.setMount(null);
  }, [playerHost]);
  const film = room.film.value;
  const audio = film?.type === 'audio';
  const fromLibrary = film !== null && libraryId(film.url) !== null;
  const missing = playerHost.missing.value;
  return (
    <div class="player-area" ref={props.frame} data-film={film === null ? 'none' : 'set'} data-fullscreen={props.fullscreen}>
      <div class="player-screen">
        <div
          class="player-mount"
          data-kind={film?.type ?? ''}
          ref={mount}
          onClick={() => controls.toggle()}
          onDblClick={props.onFullscreen}
        />
        {audio && <div class="audio-disc" data-running={controls.running.value} aria-hidden="true" />}
        <div class="curtain" aria-hidden="true">
          <div class="curtain-half curtain-left" />
          <div class="curtain-half curtain-right" />
          <div class="curtain-top" />
          <div class="curtain-glow" />
        </div>
        {/* Below the subtitles, which stay readable where a reaction passes. */}
        <OverFilm chatOver={props.chatOver} writing={props.writing} onWrite={props.onWrite} />
        {film !== null && <SubtitleLayer />}
        {props.pictures && <Pictures over />}
        {film === null && <NoFilmCard />}
        {film !== null && !playerHost.noCopy.value && <PlayerOverlay onChangeFilm={props.onChangeFilm} />}
        {(film?.type === 'local' || fromLibrary) && <OwnCopy onChangeFilm={props.onChangeFilm} />}
        {fromLibrary && <LibraryNotice />}
        {film !== null && <FilmNotices />}
        {film !== null && missing !== null && <MissingPartNotice part={missing} />}
        {film !== null && queue.loaded.value !== null && <QueueEndCard />}
        <ConnectionBanner banner={banner.value} />
        <ToastLine />
      </div>
      {film !== null && (
        <ControlBar
          fullscreen={props.fullscreen}
          onFullscreen={props.onFullscreen}
          onWrite={props.chatOver ? () => props.onWrite(true) : null}
          reacting={props.reacting}
          onReact={props.onReact}
        />
      )}
    </div>
  );
}

function PlayerOverlay({ onChangeFilm }: { onChangeFilm: () => void }) {
  const { playerHost, room, controls } = useApp();
  const problem = playerHost.problem.value;
  if (problem !== null) {
    return (
      <div class="overlay overlay-solid" role="alert">
        <div class="overlay-card">
          <h2>{problem.title}</h2>
          <p>{problem.hint}</p>
          <div class="film-buttons">
            <button type="button" class="button button-primary" onClick={() => playerHost.retry()}>
              Try again
            </button>
            {room.isHost.value && (
              <button type="button" class="button button-outline" onClick={onChangeFilm}>
                Choose another film
              </button>
            )}
          </div>
        </div>
      </div>
    );
  }
  if (playerHost.blocked.value) {
    return (
      <div class="overlay">
        <button type="button" class="join-film" onClick={() => playerHost.unblock()}>
          <Icon name="play" filled />
          <span>Join the film</span>
          <small>Your browser waits for your word. You start in step with the others.</small>
        </button>
      </div>
    );
  }
  if (playerHost.stalled.value && playerHost.stuck.value === null)
    return (
      <div class="overlay overlay-quiet">
        <div class="spinner" role="status" aria-label="Loading the film" />
      </div>
    );
  if (!controls.running.value && room.mayControl.value) {
    return (
      <div class="overlay overlay-quiet">
        <button type="button" class="big-play" aria-label="Play" tabIndex={-1} onClick={() => controls.toggle()}>
          <Icon name={controls.ended.value ? 'replay' : 'play'} filled={!controls.ended.value} />
        </button>
      </div>
    );
  }
  return null;
}

const BANNER_TEXT: Record<Banner, string> = {
  none: '',
  offline: 'You are offline. Your seat is kept.',
  reconnecting: 'Reconnecting to the room…',
  reconnected: 'Back in the room',
};

/** Always rendered, so that changes are announced; empty while connected. */
function ConnectionBanner({ banner }: { banner: Banner }) {
  const state = banner === 'offline' || banner === 'reconnecting' ? 'away' : banner;
  return (
    <p class="connection-banner" role="status" data-state={state}>
      {BANNER_TEXT[banner]}
    </p>
  );
}
