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
 * After a seek everybody is awaited, and most are ready at once. Named are those who are known to be late; with nobody known,
 * those of whom nothing was heard since. States are told every few seconds only, so an old "in step" proves nothing.
 */
export function whoIsLate(timeline: Timeline, { users, sync, meId, myState }: Witness): Late[] {
  const waiting = timeline.waiting;
  if (waiting === undefined) return [];
  const sure: Late[] = [];
  const unsure: Late[] = [];
  for (const user of users) {
    if (!waiting.for.includes(user.id) || user.away === true) continue;
    const me = user.id === meId;
    const told = sync.get(user.id);
    const state = me ? myState : told?.state;
    const fresh = me || told?.seq === timeline.seq;
    const late = { name: me ? 'you' : user.name, me, word: '' };
    if (state === undefined || state === 'none') unsure.push(late);
    else if (!isReady(state)) sure.push({ ...late, word: stateWord(state, me) });
    else if (waiting.reason === 'stall') sure.push({ ...late, word: stateWord('buffering', me) });
    else if (!fresh) unsure.push(late);
  }
  return sure.length > 0 ? sure : unsure;
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
