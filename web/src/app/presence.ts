/** Whether this page is where its room is: the line, the seat and the room behind it, and what is said of it. */
import { type ReadonlySignal, computed, effect, signal, untracked } from '@preact/signals';
import type { LineState } from '../net/connection';
import type { Stage } from '../net/session';

/** none: in no room. away: the server stands, but cannot reach the room. */
export type Connection = 'none' | 'fine' | 'offline' | 'returning' | 'away';
export type Banner = 'none' | 'offline' | 'returning' | 'back';

/** What is over sooner is not worth a word. */
const SAID_AFTER_MS = 500;
/** A seat that is taken back may still be in a room that is away: the server says so at once. */
const BACK_AFTER_MS = 200;
const BACK_MS = 2600;

export interface PresencePorts {
  stage: ReadonlySignal<Stage>;
  line: ReadonlySignal<LineState>;
  online: ReadonlySignal<boolean>;
  available: ReadonlySignal<boolean>;
  after(ms: number, run: () => void): () => void;
}

export function createPresence({ stage, line, online, available, after }: PresencePorts) {
  const connection = computed((): Connection => {
    const { at } = stage.value;
    if (at !== 'inside' && at !== 'returning') return 'none';
    if (!online.value) return 'offline';
    if (at === 'returning' || line.value !== 'up') return 'returning';
    return available.value ? 'fine' : 'away';
  });

  const banner = signal<Banner>('none');
  let cancel: (() => void) | null = null;

  function show(next: Banner, delayMs: number): void {
    cancel?.();
    cancel = null;
    if (delayMs > 0) {
      cancel = after(delayMs, () => show(next, 0));
      return;
    }
    banner.value = next;
    if (next === 'back') show('none', BACK_MS);
  }

  effect(() => {
    const now = connection.value;
    untracked(() => {
      const said = banner.value === 'offline' || banner.value === 'returning';
      if (now === 'fine') show(said ? 'back' : 'none', said ? BACK_AFTER_MS : 0);
      else if (now === 'none' || now === 'offline') show(now, 0);
      else show('returning', said ? 0 : SAID_AFTER_MS);
    });
  });

  return { connection, banner };
}
