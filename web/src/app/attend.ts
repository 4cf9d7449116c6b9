/** What goes on around the screen once the app stands: the tab's title, the media keys, and the notes on waiting. */
import type { App } from './app';
import { takeMediaKeys } from './media-keys';
import { keepTitle } from './title';
import { noteWaits } from './wait-notes';

/** Gives back how to end it. */
export function attend(app: App): () => void {
  const { room, chat, remote } = app;
  const ends = [
    keepTitle({ room, entries: chat.entries, page: document }),
    takeMediaKeys({ room, remote, session: 'mediaSession' in navigator ? navigator.mediaSession : undefined }),
    noteWaits(app),
  ];
  return () => {
    for (const end of ends) end();
  };
}
