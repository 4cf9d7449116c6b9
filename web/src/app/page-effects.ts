/** Starts the effects outside the page's own elements: tab title, media keys, notices about the ready barrier. */
import { effect } from '@preact/signals';
import type { App } from './app';
import { announceBarrierEnds } from './barrier-notices';
import { loadOnce } from './load-once';
import { bindTabTitle } from './tab-title';

/** Binds the media keys, whose code loads with the first film. */
function bindMediaKeys({ room, controls }: App): () => void {
  const { loaded, start } = loadOnce(async () => (await import('./media-keys')).bindMediaKeys);
  let end: (() => void) | undefined;
  const stop = effect(() => {
    if (room.film.value !== null) void start();
    if (loaded.value === null || end !== undefined) return;
    end = loaded.value({ room, controls, session: 'mediaSession' in navigator ? navigator.mediaSession : undefined });
  });
  return () => {
    stop();
    end?.();
  };
}

/** Starts all page effects and returns a function that stops them. */
export function startPageEffects(app: App): () => void {
  const { room, chat } = app;
  const ends = [bindTabTitle({ room, entries: chat.entries, page: document }), bindMediaKeys(app), announceBarrierEnds(app)];
  return () => {
    for (const end of ends) end();
  };
}
