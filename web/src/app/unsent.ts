/** Keeps what is not sent yet over a reload of the page, in the storage of the tab. */
import { type ReadonlySignal, effect } from '@preact/signals';
import type { Entry } from '../chat/chat-store';
import type { SiteStorage } from '../net/base-path';

export interface Unsent {
  id: string;
  text: string;
}

const KEY = 'wnc.unsent';

/** What was left unsent in that room by the page before this one. */
export function unsentIn(roomId: string, storage: SiteStorage): Unsent[] {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? 'null') as { roomId?: unknown; messages?: unknown } | null;
    if (kept?.roomId !== roomId || !Array.isArray(kept.messages)) return [];
    return (kept.messages as Partial<Unsent>[]).flatMap((one) =>
      typeof one?.id === 'string' && typeof one.text === 'string' ? [{ id: one.id, text: one.text }] : [],
    );
  } catch {
    return [];
  }
}

/** Writes it down while there is a room; gives back how to end it. */
export function keepUnsent(ports: {
  entries: ReadonlySignal<Entry[]>;
  roomId: ReadonlySignal<string | null>;
  storage: SiteStorage;
}): () => void {
  let written = '';
  return effect(() => {
    const roomId = ports.roomId.value;
    const messages = ports.entries.value.flatMap((entry): Unsent[] =>
      entry.kind === 'pending' && entry.state !== 'said' ? [{ id: entry.id, text: entry.text }] : [],
    );
    // Before the first room there is nothing to write, and after it what was unsent is given up with the room.
    if (roomId === null && written === '') return;
    const text = roomId === null || messages.length === 0 ? '' : JSON.stringify({ roomId, messages });
    if (text === written) return;
    written = text;
    try {
      if (text === '') ports.storage.removeItem(KEY);
      else ports.storage.setItem(KEY, text);
    } catch {
      // not kept, then
    }
  });
}
