/** Keeps unsent messages in the tab's storage, so that they survive a reload. */
import { type ReadonlySignal, effect } from '@preact/signals';
import type { Entry, Pending } from '../chat/chat-store';
import type { SiteStorage } from '../net/base-path';
import { type Quote, quote } from '../protocol/chat';

export interface UnsentMessage {
  id: string;
  text: string;
  /** The message that it answers. */
  replyTo?: Quote;
}

const KEY = 'wnc.unsent';

/** Returns the messages of that room that the previous page left unsent. */
export function loadUnsentMessages(roomId: string, storage: SiteStorage): UnsentMessage[] {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? 'null') as { roomId?: unknown; messages?: unknown } | null;
    if (kept?.roomId !== roomId || !Array.isArray(kept.messages)) return [];
    return (kept.messages as Partial<UnsentMessage>[]).flatMap((one) =>
      typeof one?.id === 'string' && typeof one.text === 'string' ? [{ id: one.id, text: one.text, ...answered(one) }] : [],
    );
  } catch {
    return [];
  }
}

function unsentOf({ id, text, replyTo }: Pending): UnsentMessage {
  return replyTo === null ? { id, text } : { id, text, replyTo };
}

function answered({ replyTo }: Partial<UnsentMessage>): { replyTo?: Quote } {
  return replyTo === undefined ? {} : { replyTo: quote(replyTo, 'replyTo') };
}

/** Stores unsent messages while in a room; returns a function that stops it. */
export function persistUnsentMessages(ports: {
  entries: ReadonlySignal<Entry[]>;
  roomId: ReadonlySignal<string | null>;
  storage: SiteStorage;
}): () => void {
  let written = '';
  return effect(() => {
    const roomId = ports.roomId.value;
    const messages = ports.entries.value.flatMap((entry): UnsentMessage[] =>
      entry.kind === 'pending' && entry.state !== 'acknowledged' ? [unsentOf(entry)] : [],
    );
    // Nothing is written before the first room, and leaving a room discards its unsent messages.
    if (roomId === null && written === '') return;
    const text = roomId === null || messages.length === 0 ? '' : JSON.stringify({ roomId, messages });
    if (text === written) return;
    written = text;
    try {
      if (text === '') ports.storage.removeItem(KEY);
      else ports.storage.setItem(KEY, text);
    } catch {
      // storage refused
    }
  });
}
