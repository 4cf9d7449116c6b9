/** Sync states and drift as text. */
import type { MemberSync } from '../protocol/messages';

export type ViewerState = MemberSync['state'];

const WORDS: Record<ViewerState, string> = {
  none: '',
  loading: 'loading',
  ready: 'ready',
  synced: 'in step',
  correcting: 'catching up',
  buffering: 'buffering',
  blocked: 'waiting for a click',
  free: 'on their own',
  failed: 'cannot play it',
  stuck: 'cannot follow',
  live: 'live',
  ended: 'at the end',
  no_copy: 'no copy yet',
};

/** Empty when there is nothing to show. */
export function stateWord(state: ViewerState, mine: boolean): string {
  return state === 'free' && mine ? 'on my own' : WORDS[state];
}

const NOT_AWAITED = new Set<ViewerState>(['ready', 'synced', 'correcting', 'free', 'stuck', 'live', 'ended', 'no_copy']);

/** Returns whether a player in this state does not delay a ready barrier. */
export function isReady(state: ViewerState): boolean {
  return NOT_AWAITED.has(state);
}

/** Returns whether the drift is meaningful in this state; a paused player has none. */
export function isMeasured(state: ViewerState): boolean {
  return state === 'synced' || state === 'correcting' || state === 'buffering' || state === 'free';
}

const SECONDS_FROM_MS = 1000;

function size(ms: number): string {
  return ms < SECONDS_FROM_MS ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Behind is positive: "+12 ms", "−3 ms", "0 ms". */
export function driftText(ms: number): string {
  const whole = Math.round(ms);
  const sign = whole > 0 ? '+' : whole < 0 ? '−' : '';
  return sign + size(Math.abs(whole));
}

/** "12 ms behind", for sentences. */
export function driftInWords(ms: number): string {
  const whole = Math.round(ms);
  if (whole === 0) return 'in time';
  return `${size(Math.abs(whole))} ${whole > 0 ? 'behind' : 'ahead'}`;
}

/** Beyond this, members who talk with each other notice it (docs/SYNC.md, Voice). */
export const VOICE_DRIFT_MAX_MS = 80;
/** Points of the history that must agree, so that a short correction gives no warning: a second. */
const VOICE_POINTS = 3;

/** Returns by how much this player is off for talking with the others, behind (+) or ahead (-); null when it is close. */
export function driftForVoice(history: readonly { drift: number | null }[]): number | null {
  const last = history.slice(-VOICE_POINTS);
  const far = last.filter(({ drift }) => drift !== null && Math.abs(drift) > VOICE_DRIFT_MAX_MS);
  return last.length === VOICE_POINTS && far.length === VOICE_POINTS ? (last.at(-1)?.drift ?? null) : null;
}

/** "± 6 ms": the error bound of the server clock. */
export function boundText(ms: number): string {
  return `± ${size(Math.max(1, Math.round(ms)))}`;
}
