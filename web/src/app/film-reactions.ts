/** Reactions to the film: this viewer's own to the server, and those of all members over the picture (FX1, FX2). */
import { signal } from '@preact/signals';
import type { Ack, Payload } from '../protocol/messages';
import type { Setting } from './over-film-settings';

export interface FilmReactionsPorts {
  setting: Setting;
  /** Id of this viewer. */
  me(): string | null;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  checkReachable(): boolean;
  showRejection(ack: Ack): void;
  /** Whether nothing may move. */
  isStill(): boolean;
  random(): number;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

/** An emoji that floats up. */
export interface Floating {
  key: number;
  emoji: string;
  /** Who reacted; null for one of many. */
  name: string | null;
  /** Where it begins: 0 to 1. */
  left: number;
  delayMs: number;
}

export interface Tally {
  emoji: string;
  count: number;
}

export const FLOAT_MS = 4000;
export const FLOATING_MAX = 40;
/** Most floating emoji for one line of a count. */
const EACH_MAX = 8;
/** A line of a count is spread over the time until the next one. */
const SPREAD_MS = 250;
const STILL_MS = 3000;
const STILL_MAX = 6;
const SUMMARY_EVERY_MS = 10_000;
const SUMMARY_MAX = 3;
/** The server's limit, so that a finger on a key gets no rejections. */
const SENT_MAX = 5;
const SENT_WINDOW_MS = 1100;

export function createFilmReactions(ports: FilmReactionsPorts) {
  const { setting, me, request, checkReachable, showRejection, isStill, random, now, after } = ports;
  const floating = signal<readonly Floating[]>([]);
  /** Counts in place of what floats, for viewers who want no motion. */
  const still = signal<readonly Tally[]>([]);
  /** What a screen reader announces; '' for nothing. */
  const summary = signal('');
  let nextKey = 0;
  let sent: number[] = [];
  let uncounted = new Map<string, number>();
  let summaryIsDue = false;
  let cancelStill: (() => void) | null = null;

  function float(emoji: string, name: string | null, count: number): void {
    const room = FLOATING_MAX - floating.peek().length;
    for (let i = 0; i < Math.min(count, EACH_MAX, room); i++) {
      const delayMs = i === 0 ? 0 : Math.round(random() * SPREAD_MS);
      const one: Floating = { key: nextKey++, emoji, name, left: random(), delayMs };
      floating.value = [...floating.peek(), one];
      after(FLOAT_MS + delayMs, () => (floating.value = floating.peek().filter((other) => other !== one)));
    }
  }

  function count(emoji: string, more: number): void {
    const tallies = still.peek();
    const known = tallies.find((tally) => tally.emoji === emoji);
    const next = { emoji, count: (known?.count ?? 0) + more };
    still.value = known === undefined ? [...tallies, next].slice(-STILL_MAX) : tallies.map((one) => (one === known ? next : one));
    cancelStill?.();
    cancelStill = after(STILL_MS, () => (still.value = []));
  }

  function summarise(): void {
    const tallies = [...uncounted].sort((a, b) => b[1] - a[1]);
    const total = tallies.reduce((sum, [, number]) => sum + number, 0);
    const most = tallies.slice(0, SUMMARY_MAX).map(([emoji, number]) => `${emoji} ${number}`);
    uncounted = new Map();
    summaryIsDue = false;
    if (setting.on.peek()) summary.value = `${total === 1 ? '1 reaction' : `${total} reactions`} to the film: ${most.join(', ')}`;
  }

  return {
    floating,
    still,
    summary,
    setting,
    receive({ reactions, userId, userName }: Payload<'film-reactions'>): void {
      if (!setting.on.peek()) return;
      const name = userName === undefined ? null : userId === me() ? 'You' : userName;
      for (const { emoji, count: times } of reactions) {
        if (isStill()) count(emoji, times);
        else float(emoji, name, times);
        uncounted.set(emoji, (uncounted.get(emoji) ?? 0) + times);
      }
      if (summaryIsDue) return;
      summaryIsDue = true;
      after(SUMMARY_EVERY_MS, summarise);
    },
    /** Sends a reaction, unless there were as many as the server takes. */
    async send(emoji: string): Promise<void> {
      const from = now() - SENT_WINDOW_MS;
      sent = sent.filter((at) => at > from);
      if (sent.length >= SENT_MAX || !checkReachable()) return;
      sent.push(now());
      const ack = await request('film-reaction', { emoji });
      if (!ack.ok && ack.code !== 'rate_limited') showRejection(ack);
    },
  };
}

export type FilmReactions = ReturnType<typeof createFilmReactions>;
