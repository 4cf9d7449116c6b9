/** Starts the effects outside the page's own elements: tab title, media keys, notices about the ready barrier. */
import { effect, untracked } from '@preact/signals';
import type { App } from './app';
import { loadOnce } from './load-once';
import { bindTabTitle } from './tab-title';

/** Starts an effect whose code loads with the first film, and returns a function that ends it. */
function startWithFilm({ room }: App, load: () => Promise<() => () => void>): () => void {
  const { loaded, start } = loadOnce(load);
  let end: (() => void) | undefined;
  const stop = effect(() => {
    if (room.film.value !== null) void start();
    if (loaded.value === null || end !== undefined) return;
    end = untracked(loaded.value);
  });
  return () => {
    stop();
    end?.();
  };
}

async function loadMediaKeys({ room, controls }: App) {
  const { bindMediaKeys } = await import('./media-keys');
  return () => bindMediaKeys({ room, controls, session: 'mediaSession' in navigator ? navigator.mediaSession : undefined });
}

async function loadBarrierEnds(app: App) {
  const { announceBarrierEnds } = await import('./barrier-notices');
  return () => announceBarrierEnds(app);
}

/** Starts all page effects and returns a function that stops them. */
export function startPageEffects(app: App): () => void {
  const { room, chat } = app;
  const ends = [
    bindTabTitle({ room, entries: chat.entries, page: document }),
    startWithFilm(app, () => loadMediaKeys(app)),
    startWithFilm(app, () => loadBarrierEnds(app)),
  ];
  return () => {
    for (const end of ends) end();
  };
}
