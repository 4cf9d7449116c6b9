/** The tab's title: film or room, and the number of unseen messages. */
import { type ReadonlySignal, effect, signal, untracked } from '@preact/signals';
import type { Entry } from '../chat/chat-store';
import type { RoomStore } from '../room/room-store';

const SITE_NAME = 'Watch N Chill';
const COUNT_MAX = 99;

export function tabTitle(room: { id: string | null; film: string | null }, unseen: number): string {
  const name = room.film ?? (room.id === null ? null : `Room ${room.id}`);
  const count = unseen === 0 ? '' : `(${unseen > COUNT_MAX ? `${COUNT_MAX}+` : unseen}) `;
  return count + (name === null ? SITE_NAME : `${name} · ${SITE_NAME}`);
}

/** Returns how many messages of others follow the last message that was seen. */
export function countUnseen(entries: readonly Entry[], last: string | null, me: string | null): number {
  const from = last === null ? 0 : entries.findIndex((entry) => entry.key === last) + 1;
  return entries.slice(from).filter((entry) => entry.kind === 'message' && entry.message.userId !== me).length;
}

interface Ports {
  room: Pick<RoomStore, 'roomId' | 'filmTitle' | 'meId'>;
  entries: ReadonlySignal<Entry[]>;
  page: Document;
}

export function bindTabTitle({ room, entries, page }: Ports): () => void {
  /**
   * Key of the last seen message; undefined while the page is visible. Notices do not count, because they are replaced.
   */
  const seen = signal<string | null | undefined>(undefined);
  const onVisibilityChange = () =>
    (seen.value = page.hidden ? (entries.peek().findLast((entry) => entry.kind === 'message')?.key ?? null) : undefined);
  onVisibilityChange();
  page.addEventListener('visibilitychange', onVisibilityChange);
  const stop = effect(() => {
    const unseen = seen.value === undefined ? 0 : countUnseen(entries.value, seen.value, room.meId.value);
    const inside = { id: room.roomId.value, film: room.filmTitle.value };
    untracked(() => (page.title = tabTitle(inside, unseen)));
  });
  return () => {
    stop();
    page.removeEventListener('visibilitychange', onVisibilityChange);
  };
}
