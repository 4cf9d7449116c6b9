/** What the tab is called, with the number of messages that came while nobody looked. */
import { type ReadonlySignal, effect, signal, untracked } from '@preact/signals';
import type { Entry } from '../chat/chat-store';
import { titleOfLink } from '../protocol/video-kind';
import type { RoomStore } from '../room/room-store';

const HOUSE = 'Watch N Chill';
const COUNT_MAX = 99;

export function titleText(room: { id: string | null; film: string | null }, unseen: number): string {
  const name = room.film !== null ? titleOfLink(room.film) : room.id === null ? null : `Room ${room.id}`;
  const count = unseen === 0 ? '' : `(${unseen > COUNT_MAX ? `${COUNT_MAX}+` : unseen}) `;
  return count + (name === null ? HOUSE : `${name} · ${HOUSE}`);
}

/** How many messages of others stand behind the last one that was there when the eyes went away. */
export function unseenAfter(entries: readonly Entry[], last: string | null, me: string | null): number {
  const from = last === null ? 0 : entries.findIndex((entry) => entry.key === last) + 1;
  return entries.slice(from).filter((entry) => entry.kind === 'message' && entry.message.userId !== me).length;
}

interface Ports {
  room: Pick<RoomStore, 'roomId' | 'film' | 'meId'>;
  entries: ReadonlySignal<Entry[]>;
  page: Document;
}

export function keepTitle({ room, entries, page }: Ports): () => void {
  /** The last message that was seen; undefined while the page is before somebody's eyes. Quiet lines come and go. */
  const seen = signal<string | null | undefined>(undefined);
  const look = () =>
    (seen.value = page.hidden ? (entries.peek().findLast((entry) => entry.kind === 'message')?.key ?? null) : undefined);
  look();
  page.addEventListener('visibilitychange', look);
  const stop = effect(() => {
    const unseen = seen.value === undefined ? 0 : unseenAfter(entries.value, seen.value, room.meId.value);
    const inside = { id: room.roomId.value, film: room.film.value?.url ?? null };
    untracked(() => (page.title = titleText(inside, unseen)));
  });
  return () => {
    stop();
    page.removeEventListener('visibilitychange', look);
  };
}
