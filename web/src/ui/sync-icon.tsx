/** A sync state as a shape, distinguishable without colour. Decorative: its name stands beside it. */
import '../styles/sync-icon.css';
import type { ViewerState } from '../room/sync-words';

const DOT = <circle cx="6" cy="6" r="4" fill="currentColor" />;
const RING = <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2" />;
/** Half full: correcting. */
const HALF = (
  <>
    <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.5" />
    <path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor" />
  </>
);
const PARTS = <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3.2 3.08" />;
const DIAMOND = <path d="M6 1 11 6 6 11 1 6z" fill="none" stroke="currentColor" stroke-width="1.5" />;
const BARS = <path d="M4 2v8M8 2v8" stroke="currentColor" stroke-width="2" />;
const CROSS = <path d="m2.5 2.5 7 7m0-7-7 7" stroke="currentColor" stroke-width="2" />;

const GAP = <path d="M1 6h3.5M7.5 6H11M4.5 3v6M7.5 3v6" stroke="currentColor" stroke-width="1.75" />;
const WAVES = (
  <>
    <circle cx="6" cy="6" r="2" fill="currentColor" />
    <path d="M2.5 2.5a5 5 0 0 0 0 7M9.5 2.5a5 5 0 0 1 0 7" fill="none" stroke="currentColor" stroke-width="1.5" />
  </>
);

/** An outlined sheet: the file is not there. */
const SHEET = <path d="M3 1.5h4l2.5 2.5v6.5H3zM7 1.5V4h2.5" fill="none" stroke="currentColor" stroke-width="1.5" />;

const SHAPES: Record<ViewerState, typeof DOT> = {
  none: RING,
  ready: RING,
  synced: DOT,
  correcting: HALF,
  loading: PARTS,
  buffering: PARTS,
  free: DIAMOND,
  blocked: BARS,
  failed: CROSS,
  stuck: GAP,
  live: WAVES,
  ended: RING,
  no_copy: SHEET,
};

export function SyncIcon({ state }: { state: ViewerState }) {
  return (
    <svg class="sync-icon" data-state={state} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {SHAPES[state]}
    </svg>
  );
}
