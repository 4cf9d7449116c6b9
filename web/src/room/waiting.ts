/** Whom a room waits for, in words. Pure. */
import type { Timeline, User } from '../protocol/messages';
import { isReady, stateWord, type ViewerState } from './step-words';
import type { MemberStep } from './room-store';
import { listNames } from './time-text';

export interface Witness {
  users: readonly User[];
  sync: ReadonlyMap<string, MemberStep>;
  meId: string | null;
  /** Of one's own player, which is known at once. */
  myState: ViewerState;
}

export interface Late {
  name: string;
  me: boolean;
  /** Empty when it is not known what keeps them. */
  word: string;
}

const NAMES_MAX = 3;

/**
 * After a seek everybody is awaited, and most are ready at once. States are told every few seconds only: what was heard since the
 * film was moved is sure, what was heard before it is likely when it was bad, and proves nothing when it was good. Named are the
 * sure ones; with none of them the likely ones; with none of them those of whom nothing was heard.
 */
export function whoIsLate(timeline: Timeline, { users, sync, meId, myState }: Witness): Late[] {
  const waiting = timeline.waiting;
  if (waiting === undefined) return [];
  const sure: Late[] = [];
  const likely: Late[] = [];
  const unknown: Late[] = [];
  for (const user of users) {
    if (!waiting.for.includes(user.id) || user.away === true) continue;
    const me = user.id === meId;
    const told = sync.get(user.id);
    const state = me ? myState : told?.state;
    const fresh = me || told?.seq === timeline.seq;
    const late = { name: me ? 'you' : user.name, me, word: '' };
    if (waiting.reason === 'stall') {
      // The server names those who said so themselves.
      const word = state === undefined || isReady(state) ? 'buffering' : stateWord(state, me);
      sure.push({ ...late, word });
    } else if (state === undefined || state === 'none') unknown.push(late);
    else if (!isReady(state)) (fresh ? sure : likely).push({ ...late, word: stateWord(state, me) });
    else if (!fresh) unknown.push(late);
  }
  return [sure, likely].find((some) => some.length > 0) ?? unknown;
}

/** "Bo", "Bo and you", "Bo, Cem, Dan and 4 others". */
export function lateNames(late: readonly Late[], nobody: string): string {
  if (late.length === 0) return nobody;
  const names = late.map((one) => one.name);
  const more = names.length - NAMES_MAX;
  return more < 2 ? listNames(names) : `${names.slice(0, NAMES_MAX).join(', ')} and ${more} others`;
}

/** "Waiting for Bo (loading)". */
export function waitingText(late: readonly Late[]): string {
  const words = new Set(late.map((one) => one.word).filter((word) => word !== ''));
  const why = words.size === 1 && late.every((one) => one.word !== '') ? ` (${[...words][0]})` : '';
  return `Waiting for ${lateNames(late, 'everybody to be ready')}${why}`;
}
