/** Starts the effects outside the page's own elements: tab title, media keys, notices about the ready barrier. */
import type { App } from './app';
import { bindMediaKeys } from './media-keys';
import { bindTabTitle } from './tab-title';
import { announceBarrierEnds } from './barrier-notices';

/** Starts all page effects and returns a function that stops them. */
export function startPageEffects(app: App): () => void {
  const { room, chat, controls } = app;
  const ends = [
    bindTabTitle({ room, entries: chat.entries, page: document }),
    bindMediaKeys({ room, controls, session: 'mediaSession' in navigator ? navigator.mediaSession : undefined }),
    announceBarrierEnds(app),
  ];
  return () => {
    for (const end of ends) end();
  };
}
