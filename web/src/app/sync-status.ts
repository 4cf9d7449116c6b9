/** The sync status of this viewer: measured drift and state, and the viewer's own settings. */
import { signal } from '@preact/signals';

/**
 * tight: corrects everything, with the sound ducked where a change of rate would be heard. smooth: corrects only
 * inaudibly. free: no corrections until the viewer asks for them.
 */
export type SyncMode = 'tight' | 'smooth' | 'free';

/** States of a clock report on the wire (TL7, ST1). */
export type SyncState =
  | 'none'
  | 'loading'
  | 'ready'
  | 'synced'
  | 'correcting'
  | 'buffering'
  | 'blocked'
  | 'free'
  | 'failed'
  | 'stuck'
  | 'live'
  | 'ended'
  | 'no_copy';

export interface DriftPoint {
  /** Local time, ms. */
  at: number;
  /** Behind (+) or ahead (-), ms; null while unknown. */
  drift: number | null;
}

const HISTORY_MS = 60_000;
const POINT_EVERY_MS = 500;
export const TRIM_MAX_MS = 500;
const MODE_KEY = 'wnc.step-mode';
const TRIM_KEY = 'wnc.trim';

export interface SettingsStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export function createSyncStatus(memory: SettingsStorage) {
  const drift = signal<number | null>(null);
  const boundMs = signal<number | null>(null);
  const state = signal<SyncState>('none');
  const history = signal<readonly DriftPoint[]>([]);
  const mode = signal<SyncMode>(readMode(read(MODE_KEY)));
  const trimMs = signal(readTrim(read(TRIM_KEY)));

  function read(key: string): string | null {
    try {
      return memory.getItem(key);
    } catch {
      return null;
    }
  }

  function write(key: string, value: string): void {
    try {
      memory.setItem(key, value);
    } catch {
      // storage refused: the setting lasts until the page closes
    }
  }

  return {
    drift,
    boundMs,
    state,
    history,
    mode,
    trimMs,
    setMode(next: SyncMode): void {
      mode.value = next;
      write(MODE_KEY, next);
    },
    /** Shifts this player against the room, to compensate for late loudspeakers; positive plays earlier. */
    setTrim(ms: number): void {
      trimMs.value = readTrim(String(ms));
      write(TRIM_KEY, String(trimMs.value));
    },
    /** Records one measurement of the player. */
    record(at: number, next: { drift: number | null; state: SyncState; boundMs: number | null }): void {
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

function readMode(kept: string | null): SyncMode {
  return kept === 'smooth' || kept === 'free' ? kept : 'tight';
}

function readTrim(kept: string | null): number {
  const ms = Number(kept ?? '0');
  return Number.isFinite(ms) ? Math.min(TRIM_MAX_MS, Math.max(-TRIM_MAX_MS, Math.round(ms))) : 0;
}

export type SyncStatus = ReturnType<typeof createSyncStatus>;
