/**
 * Takes the invitation out of a room's address. The token is in the fragment, which browsers send to no server, and it
 * is removed from the address bar, so that nobody copies or photographs it from there.
 */
import type { BrowserStorage } from '../net/browser-storage';

const ROOM_WITH_INVITE = /\/room\/([a-z0-9]{6})\/?(?:\?[^#]*)?#invite=([\w-]{1,200})/i;

export interface InvitationLink {
  roomId: string;
  token: string;
}

/** Returns the room and the token of an invitation link; null when it is none. */
export function readInvitation(link: string): InvitationLink | null {
  const found = ROOM_WITH_INVITE.exec(link);
  return found?.[1] === undefined || found[2] === undefined ? null : { roomId: found[1].toUpperCase(), token: found[2] };
}

/** Returns the link of an invitation. */
export function invitationLink(roomAddress: string, token: string): string {
  return `${roomAddress}#invite=${token}`;
}

export function keepInvitation(link: string, storage: Pick<BrowserStorage, 'saveInvite'>): boolean {
  const found = readInvitation(link);
  if (found !== null) storage.saveInvite(found.roomId, found.token);
  return found !== null;
}

/**
 * Keeps the invitation of the current address, now and after each change of the fragment.
 *
 * @param onArrival called after a change, since a link to the room that the page shows loads no new page
 */
export function takeInvitations(storage: Pick<BrowserStorage, 'saveInvite'>, onArrival?: () => void): void {
  const take = (): boolean => {
    if (!keepInvitation(location.href, storage)) return false;
    history.replaceState(history.state, '', location.pathname + location.search);
    return true;
  };
  take();
  window.addEventListener('hashchange', () => {
    if (take()) onArrival?.();
  });
}
