/** How this viewer keeps step: what is measured, and what the person has chosen about it. */
import { signal } from '@preact/signals';

/**
 * tight: everything that brings the player into step, the sound ducked for a moment where a jump in rate would be heard.
 * smooth: only what nobody hears. free: the player is left alone until "sync me".
 */
export type StepMode = 'tight' | 'smooth' | 'free';

/** The words of `status` on the wire (ST1). */
export type StepState =
  'none' | 'loading' | 'ready' | 'synced' | 'correcting' | 'buffering' | 'blocked' | 'free' | 'failed' | 'stuck' | 'live';

export interface StepPoint {
  /** Local time, ms. */
  at: number;
  /** Behind (+) or ahead (-), ms; null while it cannot be told. */
  drift: number | null;
}

const HISTORY_MS = 60_000;
const POINT_EVERY_MS = 500;
export const TRIM_MAX_MS = 500;
const MODE_KEY = 'wnc.step-mode';
const TRIM_KEY = 'wnc.trim';

export interface StepMemory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export function createStep(memory: StepMemory) {
  const drift = signal<number | null>(null);
  const boundMs = signal<number | null>(null);
  const state = signal<StepState>('none');
  const history = signal<readonly StepPoint[]>([]);
  const mode = signal<StepMode>(readMode(read(MODE_KEY)));
  const trimMs = signal(readTrim(read(TRIM_KEY)));

  function read(key: string): string | null {
    try {
      return memory.getItem(key);
    } catch {
      return null;
    }
  }

  function keep(key: string, value: string): void {
    try {
      memory.setItem(key, value);
    } catch {
      // not kept, then
    }
  }

  return {
    drift,
    boundMs,
    state,
    history,
    mode,
    trimMs,
    setMode(next: StepMode): void {
      mode.value = next;
      keep(MODE_KEY, next);
    },
    /** Moves this player's sound against the room's, for loudspeakers that are late: positive plays earlier. */
    setTrim(ms: number): void {
      trimMs.value = readTrim(String(ms));
      keep(TRIM_KEY, String(trimMs.value));
    },
    /** Takes what the playback measured. */
    note(at: number, next: { drift: number | null; state: StepState; boundMs: number | null }): void {
      drift.value = next.drift === null ? null : Math.round(next.drift);
      state.value = next.state;
      boundMs.value = next.boundMs;
      const last = history.value.at(-1);
      if (last !== undefined && at - last.at < POINT_EVERY_MS) return;
      history.value = [...history.value.filter((point) => at - point.at < HISTORY_MS), { at, drift: next.drift }];
    },
    clear(): void {
      drift.value = null;
      state.value = 'none';
      history.value = [];
    },
  };
}

function readMode(kept: string | null): StepMode {
  return kept === 'smooth' || kept === 'free' ? kept : 'tight';
}

function readTrim(kept: string | null): number {
  const ms = Number(kept ?? '0');
  return Number.isFinite(ms) ? Math.min(TRIM_MAX_MS, Math.max(-TRIM_MAX_MS, Math.round(ms))) : 0;
}

export type Step = ReturnType<typeof createStep>;
