/** The rooms that this browser was in last, for the start page. Kept in the browser only. */
import { signal } from '@preact/signals';
import type { SiteStorage } from '../net/base-path';

export interface RecentRoom {
  roomId: string;
  title: string | null;
}

export const RECENT_MAX = 10;
const KEY = 'wnc.rooms';
const TITLE_UNITS_MAX = 200;

function readRoom(value: unknown): RecentRoom[] {
  if (typeof value !== 'object' || value === null) return [];
  const { roomId, title } = value as { roomId?: unknown; title?: unknown };
  if (typeof roomId !== 'string' || !/^[A-Z0-9]{6}$/.test(roomId)) return [];
  return [{ roomId, title: typeof title === 'string' ? title.slice(0, TITLE_UNITS_MAX) : null }];
}

export function createRecentRooms(storage: SiteStorage) {
  const rooms = signal<readonly RecentRoom[]>(load());

  function load(): RecentRoom[] {
    try {
      const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
      const read = Array.isArray(kept) ? kept.flatMap(readRoom) : [];
      const ids = read.map((room) => room.roomId);
      return read.filter((room, index) => ids.indexOf(room.roomId) === index).slice(0, RECENT_MAX);
    } catch {
      return [];
    }
  }

  function put(next: readonly RecentRoom[]): void {
    rooms.value = next;
    try {
      if (next.length === 0) storage.removeItem(KEY);
      else storage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Not kept where storage is refused.
    }
  }

  return {
    rooms,
    /** Puts a room first; reads the storage again, because another tab may have added one. */
    visited(room: RecentRoom): void {
      put([room, ...load().filter((one) => one.roomId !== room.roomId)].slice(0, RECENT_MAX));
    },
    forget: (roomId: string) => put(load().filter((one) => one.roomId !== roomId)),
    forgetAll: () => put([]),
  };
}

export type RecentRooms = ReturnType<typeof createRecentRooms>;
