/** Where the lines of the graph of one's own step go. Pure. */
import type { StepPoint } from '../app/step';
import { driftInWords } from '../room/step-words';

/** A film has 24 pictures a second. */
export const FRAME_MS = 1000 / 24;
export const SPAN_MS = 60_000;
const SCALES_MS = [50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000];
/** Points further apart than this belong to different stretches of play. */
const GAP_MS = 3000;

export interface GraphSize {
  width: number;
  height: number;
}

export interface Graph {
  /** What the upper and the lower edge stand for, ms behind and ahead. */
  scaleMs: number;
  /** Points for polylines, one per unbroken stretch. */
  lines: string[];
  band: { y: number; height: number };
  zeroY: number;
}

/** The newest point stands at the right edge, behind is up, and what is beyond the scale runs along its edge. */
export function graphOf(history: readonly StepPoint[], { width, height }: GraphSize): Graph {
  const known = history.flatMap((point) => (point.drift === null ? [] : [Math.abs(point.drift)]));
  const worst = Math.max(0, ...known);
  const scaleMs = SCALES_MS.find((scale) => scale >= worst) ?? SCALES_MS.at(-1)!;
  const end = history.at(-1)?.at ?? 0;
  const x = (at: number) => width - ((end - at) / SPAN_MS) * width;
  const y = (ms: number) => height / 2 - (Math.max(-scaleMs, Math.min(scaleMs, ms)) / scaleMs) * (height / 2);

  const lines: string[][] = [];
  let last: StepPoint | null = null;
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

/** The same for those who do not see it. */
export function graphInWords(history: readonly StepPoint[]): string {
  const known = history.flatMap((point) => (point.drift === null ? [] : [point.drift]));
  if (known.length === 0) return 'Nothing was measured in the last minute.';
  const sizes = known.map(Math.abs).sort((a, b) => a - b);
  const worst = known.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  const median = Math.round(sizes[Math.floor(sizes.length / 2)]!);
  if (Math.round(Math.abs(worst)) === 0) return 'Last minute: never as much as 1 ms off.';
  return `Last minute: median ${median} ms, at worst ${driftInWords(worst)}.`;
}
