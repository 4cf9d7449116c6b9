/**
 * The keys of a keyboard, a headset or a lock screen. Who holds the remote means the whole room with them. For guests play and
 * pause are taken as well: left to the browser they would stop one player alone.
 */
import { effect } from '@preact/signals';
import { titleOfLink } from '../protocol/video-kind';
import type { RoomStore } from '../room/room-store';
import type { Remote } from './remote';

interface Ports {
  room: Pick<RoomStore, 'roomId' | 'film' | 'isHost'>;
  remote: Pick<Remote, 'running' | 'toggle' | 'skip'>;
  session: MediaSession | undefined;
}

const SKIP_S = 10;

export function takeMediaKeys({ room, remote, session }: Ports): () => void {
  if (session === undefined) return () => undefined;

  function take(action: MediaSessionAction, run: MediaSessionActionHandler | null): void {
    try {
      session?.setActionHandler(action, run);
    } catch {
      // a key this browser does not know
    }
  }

  const stops = [
    effect(() => {
      const film = room.film.value !== null;
      const skips = film && room.isHost.value;
      take('play', film ? () => void (remote.running.peek() || remote.toggle()) : null);
      take('pause', film ? () => void (remote.running.peek() && remote.toggle()) : null);
      take('seekbackward', skips ? ({ seekOffset }) => void remote.skip(-(seekOffset ?? SKIP_S)) : null);
      take('seekforward', skips ? ({ seekOffset }) => void remote.skip(seekOffset ?? SKIP_S) : null);
    }),
    effect(() => {
      const film = room.film.value;
      if (film === null || typeof MediaMetadata === 'undefined') session.metadata = null;
      else
        session.metadata = new MediaMetadata({
          title: titleOfLink(film.url),
          artist: `Room ${room.roomId.value ?? ''}`,
          album: 'Watch N Chill',
        });
    }),
    // A player that waits stands still, but pause is what the next press means.
    effect(() => {
      session.playbackState = room.film.value === null ? 'none' : remote.running.value ? 'playing' : 'paused';
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    for (const action of ['play', 'pause', 'seekbackward', 'seekforward'] as const) take(action, null);
    session.metadata = null;
    session.playbackState = 'none';
  };
}
