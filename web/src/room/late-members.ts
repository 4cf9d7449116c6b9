/** Finds the members a room is waiting for, and names them. Pure. */
import type { Timeline, User } from '../protocol/messages';
import { isReady, stateWord, type ViewerState } from './sync-words';
import type { MemberStatus } from './room-store';
import { listNames } from './format';

export interface MemberStates {
  users: readonly User[];
  sync: ReadonlyMap<string, MemberStatus>;
  meId: string | null;
  /** State of this viewer's own player, which is always current. */
  myState: ViewerState;
}

export interface LateMember {
  name: string;
  me: boolean;
  /** Empty when the reason is unknown. */
  word: string;
}

const NAMES_MAX = 3;

/**
 * Returns the members that delay a ready barrier.
 *
 * After a seek everybody is awaited, and most are ready at once, but states arrive only every few seconds. A state
 * reported since the seek is certain. An older one is likely when it was not ready, and proves nothing when it was.
 * Certain members are returned; without any, likely ones; without any, unknown ones.
 */
export function lateMembers(timeline: Timeline, { users, sync, meId, myState }: MemberStates): LateMember[] {
  const waiting = timeline.waiting;
  if (waiting === undefined) return [];
  const sure: LateMember[] = [];
  const likely: LateMember[] = [];
  const unknown: LateMember[] = [];
  for (const user of users) {
    if (!waiting.for.includes(user.id) || user.away === true) continue;
    const me = user.id === meId;
    const status = sync.get(user.id);
    const state = me ? myState : status?.state;
    const fresh = me || status?.seq === timeline.seq;
    const late = { name: me ? 'you' : user.name, me, word: '' };
    if (waiting.reason === 'stall') {
      // The server lists the members that reported the stall themselves.
      const word = state === undefined || isReady(state) ? 'buffering' : stateWord(state, me);
      sure.push({ ...late, word });
    } else if (state === undefined || state === 'none') unknown.push(late);
    else if (!isReady(state)) (fresh ? sure : likely).push({ ...late, word: stateWord(state, me) });
    else if (!fresh) unknown.push(late);
  }
  return [sure, likely].find((some) => some.length > 0) ?? unknown;
}

/** "Bo", "Bo and you", "Bo, Cem, Dan and 4 others". */
export function lateNames(late: readonly LateMember[], nobody: string): string {
  if (late.length === 0) return nobody;
  const names = late.map((one) => one.name);
  const more = names.length - NAMES_MAX;
  return more < 2 ? listNames(names) : `${names.slice(0, NAMES_MAX).join(', ')} and ${more} others`;
}

/** "Waiting for Bo (loading)". */
export function waitingText(late: readonly LateMember[]): string {
  const words = new Set(late.map((one) => one.word).filter((word) => word !== ''));
  const why = words.size === 1 && late.every((one) => one.word !== '') ? ` (${[...words][0]})` : '';
  return `Waiting for ${lateNames(late, 'everybody to be ready')}${why}`;
}
