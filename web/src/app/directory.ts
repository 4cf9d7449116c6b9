/** The listed rooms of the server, page by page (`GET /api/rooms`). */
import { signal } from '@preact/signals';
import { siteAddress } from '../net/base-path';
import { type ListedRoom, directoryPage } from '../protocol/room-access';

const PAGE_SIZE = 12;

export function createDirectory(fetchPage: (address: string) => Promise<Response> = (address) => fetch(address)) {
  const rooms = signal<readonly ListedRoom[]>([]);
  /** Room after which the next page begins; null without one. */
  const next = signal<string | null>(null);
  let generation = 0;

  /** Without a directory, and without an answer, the list stays as it is. */
  async function load(after: string | null): Promise<void> {
    const mine = ++generation;
    try {
      const query = `limit=${PAGE_SIZE}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`;
      const response = await fetchPage(siteAddress(`/api/rooms?${query}`));
      if (response.status !== 200) return;
      const page = directoryPage(await response.json(), 'rooms');
      if (mine !== generation) return;
      const all = [...(after === null ? [] : rooms.value), ...page.rooms];
      const ids = new Set<string>();
      rooms.value = all.filter(({ roomId }) => !ids.has(roomId) && ids.add(roomId));
      next.value = page.next;
    } catch {
      // The start page works without a directory.
    }
  }

  return { rooms, next, refresh: () => load(null), loadMore: () => load(next.value) };
}

export type Directory = ReturnType<typeof createDirectory>;
