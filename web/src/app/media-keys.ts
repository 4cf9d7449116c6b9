/**
 * Binds the media keys of a keyboard, a headset or a lock screen. A host controls the room with them. A guest's play
 * and pause keys are bound too, because the browser would otherwise control this player alone.
 */
import { effect } from '@preact/signals';
import type { RoomStore } from '../room/room-store';
import type { RoomControls } from './room-controls';

interface Ports {
  room: Pick<RoomStore, 'roomId' | 'film' | 'filmTitle' | 'mayControl'>;
  controls: Pick<RoomControls, 'running' | 'toggle' | 'skip'>;
  session: MediaSession | undefined;
}

const SKIP_S = 10;

export function bindMediaKeys({ room, controls, session }: Ports): () => void {
  if (session === undefined) return () => undefined;

  function setHandler(action: MediaSessionAction, run: MediaSessionActionHandler | null): void {
    try {
      session?.setActionHandler(action, run);
    } catch {
      // this browser does not know the key
    }
  }

  const stops = [
    effect(() => {
      const film = room.film.value !== null;
      const skips = film && room.mayControl.value;
      setHandler('play', film ? () => void (controls.running.peek() || controls.toggle()) : null);
      setHandler('pause', film ? () => void (controls.running.peek() && controls.toggle()) : null);
      setHandler('seekbackward', skips ? ({ seekOffset }) => void controls.skip(-(seekOffset ?? SKIP_S)) : null);
      setHandler('seekforward', skips ? ({ seekOffset }) => void controls.skip(seekOffset ?? SKIP_S) : null);
    }),
    effect(() => {
      const title = room.filmTitle.value;
      if (title === null || typeof MediaMetadata === 'undefined') session.metadata = null;
      else
        session.metadata = new MediaMetadata({
          title,
          artist: `Room ${room.roomId.value ?? ''}`,
          album: 'Watch N Chill',
        });
    }),
    // While the room waits, the player is paused, but the next press means pause.
    effect(() => {
      session.playbackState = room.film.value === null ? 'none' : controls.running.value ? 'playing' : 'paused';
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    for (const action of ['play', 'pause', 'seekbackward', 'seekforward'] as const) setHandler(action, null);
    session.metadata = null;
    session.playbackState = 'none';
  };
}
