/** Reads the answers of entry control to `join-room` (EN): what the viewer sees next. Pure. */
import type { Rejection } from '../protocol/messages';

/** Why a viewer is not let in, or no longer inside. */
export type TurnedAwayReason =
  | 'refused'
  | 'expired'
  | 'banned'
  | 'removed'
  | 'closed'
  | 'ended'
  /** Too many wait for approval already. */
  | 'crowded'
  /** The invitation is no longer valid; without it another way in may be open. */
  | 'bad-invite';

export interface PasswordProblem {
  kind: 'wrong' | 'too-many';
  /** With `too-many`: the next attempt counts after this time. */
  retryInMs: number;
}

export type EntryState =
  /** The room asks for a password; busy while one is being checked. */
  | { phase: 'password-needed'; roomId: string; problem: PasswordProblem | null; busy?: boolean }
  /** A host has been asked to let this viewer in. */
  | { phase: 'waiting'; roomId: string }
  | { phase: 'turned-away'; roomId: string; reason: TurnedAwayReason };

/** For a server that names no time. */
const TOO_MANY_WAIT_MS = 60_000;

/** Returns the state after a rejected join; null when entry control did not reject it. */
export function entryState({ code, retryInMs }: Rejection, roomId: string, withPassword: boolean): EntryState | null {
  switch (code) {
    case 'approval_pending':
      return { phase: 'waiting', roomId };
    case 'password_required':
      return { phase: 'password-needed', roomId, problem: null };
    case 'bad_password':
      return { phase: 'password-needed', roomId, problem: { kind: 'wrong', retryInMs: 0 } };
    case 'rate_limited':
      if (!withPassword) return null;
      return { phase: 'password-needed', roomId, problem: { kind: 'too-many', retryInMs: retryInMs ?? TOO_MANY_WAIT_MS } };
    case 'banned':
      return { phase: 'turned-away', roomId, reason: 'banned' };
    case 'entry_closed':
      return { phase: 'turned-away', roomId, reason: 'closed' };
    case 'waiting_full':
      return { phase: 'turned-away', roomId, reason: 'crowded' };
    case 'bad_invite':
      return { phase: 'turned-away', roomId, reason: 'bad-invite' };
    default:
      return null;
  }
}

/** Returns why a member is no longer inside, when a host has decided it; null when the room itself has closed. */
export function turnedAwayReason(reason: string): 'removed' | 'banned' | null {
  return reason === 'removed' || reason === 'banned' ? reason : null;
}
