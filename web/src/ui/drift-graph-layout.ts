/** Layout of the drift graph. Pure. */
import type { DriftPoint } from '../app/sync-status';
import { driftInWords } from '../room/sync-words';

/** Duration of one frame at 24 frames a second. */
export const FRAME_MS = 1000 / 24;
export const SPAN_MS = 60_000;
const SCALES_MS = [50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000];
/** Points further apart are not connected. */
const GAP_MS = 3000;

export interface GraphSize {
  width: number;
  height: number;
}

export interface DriftGraphLayout {
  /** Drift at the upper and lower edge, ms behind and ahead. */
  scaleMs: number;
  /** Points of one polyline per connected stretch. */
  lines: string[];
  band: { y: number; height: number };
  zeroY: number;
}

/** Lays out the history: newest at the right edge, behind is up, values beyond the scale at its edge. */
export function layoutDriftGraph(history: readonly DriftPoint[], { width, height }: GraphSize): DriftGraphLayout {
  const known = history.flatMap((point) => (point.drift === null ? [] : [Math.abs(point.drift)]));
  const worst = Math.max(0, ...known);
  const scaleMs = SCALES_MS.find((scale) => scale >= worst) ?? SCALES_MS.at(-1)!;
  const end = history.at(-1)?.at ?? 0;
  const x = (at: number) => width - ((end - at) / SPAN_MS) * width;
  const y = (ms: number) => height / 2 - (Math.max(-scaleMs, Math.min(scaleMs, ms)) / scaleMs) * (height / 2);

  const lines: string[][] = [];
  let last: DriftPoint | null = null;
  for (const point of history) {
    if (point.drift === null || end - point.at > SPAN_MS) {
      last = null;
      continue;
    }
    if (last === null || point.at - last.at > GAP_MS) lines.push([]);
    lines.at(-1)!.push(`${round(x(point.at))},${round(y(point.drift))}`);
    last = point;
  }
  return {
    scaleMs,
    lines: lines.map((points) => points.join(' ')),
    band: { y: round(y(FRAME_MS)), height: round(y(-FRAME_MS) - y(FRAME_MS)) },
    zeroY: height / 2,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Describes the graph for screen readers. */
export function describeDrift(history: readonly DriftPoint[]): string {
  const known = history.flatMap((point) => (point.drift === null ? [] : [point.drift]));
  if (known.length === 0) return 'Nothing was measured in the last minute.';
  const sizes = known.map(Math.abs).sort((a, b) => a - b);
  const worst = known.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  const median = Math.round(sizes[Math.floor(sizes.length / 2)]!);
  if (Math.round(Math.abs(worst)) === 0) return 'Last minute: never as much as 1 ms off.';
  return `Last minute: median ${median} ms, at worst ${driftInWords(worst)}.`;
}
