/**
 * What the browser stores: the seat of this tab, host tokens, the last name. Where storage is refused, nothing is kept.
 */

import type { SiteStorage } from './base-path';

export interface SavedSeat {
  roomId: string;
  name: string;
  sessionToken?: string;
}

export interface BrowserStorage {
  loadSeat(roomId: string): SavedSeat | null;
  saveSeat(seat: SavedSeat): void;
  removeSeat(): void;
  loadHostToken(roomId: string): string | undefined;
  saveHostToken(roomId: string, token: string): void;
  removeHostToken(roomId: string): void;
  loadName(): string;
  saveName(name: string): void;
}

const SEAT = 'wnc.seat';
const NAME = 'wnc.name';
const HOST_PREFIX = 'wnc.host.';

function orDefault<T>(run: () => T, otherwise: T): T {
  try {
    return run();
  } catch {
    return otherwise;
  }
}

export function createBrowserStorage(session: SiteStorage, local: SiteStorage): BrowserStorage {
  return {
    loadSeat: (roomId) =>
      orDefault(() => {
        const kept = JSON.parse(session.getItem(SEAT) ?? 'null') as Partial<SavedSeat> | null;
        if (typeof kept?.roomId !== 'string' || typeof kept.name !== 'string' || kept.roomId !== roomId) return null;
        const seat: SavedSeat = { roomId: kept.roomId, name: kept.name };
        if (typeof kept.sessionToken === 'string') seat.sessionToken = kept.sessionToken;
        return seat;
      }, null),
    saveSeat: (seat) => orDefault(() => session.setItem(SEAT, JSON.stringify(seat)), undefined),
    removeSeat: () => orDefault(() => session.removeItem(SEAT), undefined),
    loadHostToken: (roomId) => orDefault(() => local.getItem(HOST_PREFIX + roomId) ?? undefined, undefined),
    saveHostToken: (roomId, token) => orDefault(() => local.setItem(HOST_PREFIX + roomId, token), undefined),
    removeHostToken: (roomId) => orDefault(() => local.removeItem(HOST_PREFIX + roomId), undefined),
    loadName: () => orDefault(() => local.getItem(NAME) ?? '', ''),
    saveName: (name) => orDefault(() => local.setItem(NAME, name), undefined),
  };
}
