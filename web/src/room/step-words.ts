/** How well somebody keeps step, in words. */
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
};

/** Empty while there is nothing to say. */
export function stateWord(state: ViewerState, mine: boolean): string {
  return state === 'free' && mine ? 'on my own' : WORDS[state];
}

const NOT_AWAITED = new Set<ViewerState>(['ready', 'synced', 'correcting', 'free', 'stuck', 'live']);

/** Whether a player that says this would not keep a room waiting. */
export function isReady(state: ViewerState): boolean {
  return NOT_AWAITED.has(state);
}

/** Whether a figure says something: a player that stands where it should has none. */
export function isMeasured(state: ViewerState): boolean {
  return state === 'synced' || state === 'correcting' || state === 'buffering' || state === 'free';
}

const SECONDS_FROM_MS = 1000;

function size(ms: number): string {
  return ms < SECONDS_FROM_MS ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Behind is plus: "+12 ms", "−3 ms", "0 ms". */
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

/** "± 6 ms": how well the common clock is known. */
export function boundText(ms: number): string {
  return `± ${size(Math.max(1, Math.round(ms)))}`;
}
