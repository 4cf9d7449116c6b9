/** How far each viewer's copies are shifted against their films, per film, kept on this device. */
import { signal } from '@preact/signals';

export interface OffsetStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'wnc.copy-offsets';
const FILMS_MAX = 50;
export const OFFSET_MAX_S = 3600;

type Kept = [key: string, seconds: number][];

/** Returns an offset within its bounds, in whole hundredths of a second. */
export function boundedOffset(seconds: number): number {
  if (!Number.isFinite(seconds)) return 0;
  const bounded = Math.min(OFFSET_MAX_S, Math.max(-OFFSET_MAX_S, seconds));
  return Math.round(bounded * 100) / 100 || 0;
}

function readKept(storage: OffsetStorage): Kept {
  try {
    const read: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    if (!Array.isArray(read)) return [];
    return read.flatMap((one: unknown): Kept => {
      const [key, seconds] = Array.isArray(one) ? (one as unknown[]) : [];
      return typeof key === 'string' && typeof seconds === 'number' ? [[key, boundedOffset(seconds)]] : [];
    });
  } catch {
    return [];
  }
}

export function createOffsets(storage: OffsetStorage) {
  /** Oldest first. */
  const kept = signal(readKept(storage));
  return {
    /** Returns the seconds that the viewer's copy has more before a scene than the room's film. */
    of: (key: string): number => kept.value.find(([film]) => film === key)?.[1] ?? 0,
    set(key: string, seconds: number): void {
      const others = kept.peek().filter(([film]) => film !== key);
      const offset = boundedOffset(seconds);
      kept.value = offset === 0 ? others : [...others, [key, offset] satisfies Kept[number]].slice(-FILMS_MAX);
      try {
        storage.setItem(KEY, JSON.stringify(kept.peek()));
      } catch {
        // storage refused: the offset lasts until the page closes
      }
    },
  };
}

export type Offsets = ReturnType<typeof createOffsets>;

/** Returns an offset in words. */
export function offsetText(seconds: number): string {
  if (seconds === 0) return 'no offset';
  const size = `${Math.abs(seconds).toLocaleString('en', { maximumFractionDigits: 2 })} s`;
  return seconds > 0 ? `${size} further on` : `${size} further back`;
}
