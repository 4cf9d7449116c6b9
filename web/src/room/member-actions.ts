/** What a host may do with a member (RT, EN). The server decides; this hides what it would reject. Pure. */
import type { User } from '../protocol/messages';

export interface Viewpoint {
  meId: string | null;
  ownerId: string | null;
  isHost: boolean;
  hostCount: number;
}

export type MemberAction = 'promote' | 'demote' | 'step-down' | 'mute' | 'unmute' | 'transfer' | 'remove';

/** Returns the actions on a member, in the order in which they are shown. */
export function memberActions(user: User, { meId, ownerId, isHost, hostCount }: Viewpoint): MemberAction[] {
  if (!isHost || meId === null) return [];
  const iAmOwner = meId === ownerId;
  if (user.id === meId) {
    // Only the owner can end a mute from the time before it owned the room (EN11).
    if (iAmOwner) return user.muted === true ? ['unmute'] : [];
    return hostCount > 1 ? ['step-down'] : [];
  }
  if (user.id === ownerId) return [];
  const actions: MemberAction[] = [];
  if (!user.isHost) actions.push('promote');
  else if (iAmOwner) actions.push('demote');
  // Only the owner mutes and removes hosts.
  if (!user.isHost || iAmOwner) actions.push(user.muted === true ? 'unmute' : 'mute');
  if (iAmOwner && user.away !== true) actions.push('transfer');
  if (!user.isHost || iAmOwner) actions.push('remove');
  return actions;
}
