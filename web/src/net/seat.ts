/** What a browser remembers: the seat of this tab, the host tokens, the last name. Storage may be refused; then nothing is kept. */

import type { SiteStorage } from './base-path';

export interface Seat {
  roomId: string;
  name: string;
  sessionToken?: string;
}

export interface Memory {
  seat(roomId: string): Seat | null;
  keepSeat(seat: Seat): void;
  dropSeat(): void;
  hostToken(roomId: string): string | undefined;
  keepHostToken(roomId: string, token: string): void;
  dropHostToken(roomId: string): void;
  lastName(): string;
  keepName(name: string): void;
}

const SEAT = 'wnc.seat';
const NAME = 'wnc.name';
const HOST_PREFIX = 'wnc.host.';

function quietly<T>(run: () => T, otherwise: T): T {
  try {
    return run();
  } catch {
    return otherwise;
  }
}

export function createMemory(session: SiteStorage, local: SiteStorage): Memory {
  return {
    seat: (roomId) =>
      quietly(() => {
        const kept = JSON.parse(session.getItem(SEAT) ?? 'null') as Partial<Seat> | null;
        if (typeof kept?.roomId !== 'string' || typeof kept.name !== 'string' || kept.roomId !== roomId) return null;
        const seat: Seat = { roomId: kept.roomId, name: kept.name };
        if (typeof kept.sessionToken === 'string') seat.sessionToken = kept.sessionToken;
        return seat;
      }, null),
    keepSeat: (seat) => quietly(() => session.setItem(SEAT, JSON.stringify(seat)), undefined),
    dropSeat: () => quietly(() => session.removeItem(SEAT), undefined),
    hostToken: (roomId) => quietly(() => local.getItem(HOST_PREFIX + roomId) ?? undefined, undefined),
    keepHostToken: (roomId, token) => quietly(() => local.setItem(HOST_PREFIX + roomId, token), undefined),
    dropHostToken: (roomId) => quietly(() => local.removeItem(HOST_PREFIX + roomId), undefined),
    lastName: () => quietly(() => local.getItem(NAME) ?? '', ''),
    keepName: (name) => quietly(() => local.setItem(NAME, name), undefined),
  };
}
