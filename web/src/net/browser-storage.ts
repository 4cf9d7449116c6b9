/**
 * What the browser stores: the seat of this tab, an invitation, host tokens, the last name, the browser's own key. Where
 * storage is refused, nothing is kept.
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
  /** The token of the invitation with which this tab came to the room. */
  loadInvite(roomId: string): string | undefined;
  saveInvite(roomId: string, token: string): void;
  removeInvite(): void;
  /** Random key of this browser, by which the server recognises a banned one. */
  browserKey(): string;
}

const SEAT = 'wnc.seat';
const NAME = 'wnc.name';
const HOST_PREFIX = 'wnc.host.';
const INVITE = 'wnc.invite';
const BROWSER_KEY = 'wnc.browser';
const BROWSER_KEY_FORM = /^[0-9a-f]{32}$/;

function orDefault<T>(run: () => T, otherwise: T): T {
  try {
    return run();
  } catch {
    return otherwise;
  }
}

function newBrowserKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function createBrowserStorage(session: SiteStorage, local: SiteStorage): BrowserStorage {
  let browserKey: string | null = null;
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
    loadInvite: (roomId) =>
      orDefault(() => {
        const kept = JSON.parse(session.getItem(INVITE) ?? 'null') as { roomId?: unknown; token?: unknown } | null;
        return kept?.roomId === roomId && typeof kept.token === 'string' ? kept.token : undefined;
      }, undefined),
    saveInvite: (roomId, token) => orDefault(() => session.setItem(INVITE, JSON.stringify({ roomId, token })), undefined),
    removeInvite: () => orDefault(() => session.removeItem(INVITE), undefined),
    browserKey: () => {
      if (browserKey !== null) return browserKey;
      const kept = orDefault(() => local.getItem(BROWSER_KEY), null);
      browserKey = kept !== null && BROWSER_KEY_FORM.test(kept) ? kept : newBrowserKey();
      if (browserKey !== kept) orDefault(() => local.setItem(BROWSER_KEY, browserKey ?? ''), undefined);
      return browserKey;
    },
  };
}
