/** Keeps captions above what covers the lower edge of the picture. Works on cues, because engines style their box differently. */

/** A line of captions, as a share of the picture's height: the height of its letters and their leading. */
const LINE_SHARE = 0.0533 * 1.3;

type Line = number | 'auto';

/** The cue as its film has it, while it is lifted. */
const lifted = new WeakMap<VTTCue, { line: Line; snap: boolean }>();

/** Puts the cues that are shown so high that the lowest `share` of the picture stays free; 0 puts them back. */
export function liftCues(tracks: readonly TextTrack[], share: number): void {
  for (const track of tracks) {
    if (track.mode !== 'showing') continue;
    for (const cue of Array.from(track.activeCues ?? [])) lift(cue as VTTCue, share);
  }
}

function lift(cue: VTTCue, share: number): void {
  const own = lifted.get(cue) ?? { line: cue.line, snap: cue.snapToLines };
  const rows = cue.text.split('\n').length;
  const wanted = share <= 0 ? own : raised(own, share, rows);
  if (cue.line === wanted.line && cue.snapToLines === wanted.snap) return;
  if (share <= 0) lifted.delete(cue);
  else lifted.set(cue, own);
  cue.snapToLines = wanted.snap;
  cue.line = wanted.line;
}

function raised(own: { line: Line; snap: boolean }, share: number, rows: number): { line: Line; snap: boolean } {
  const free = Math.ceil(share / LINE_SHARE);
  // Counted from below: the first of its rows stands there.
  if (own.line === 'auto') return { line: -(free + rows), snap: true };
  if (!own.snap) return { line: Math.min(own.line, Math.max(0, 100 * (1 - share - rows * LINE_SHARE))), snap: false };
  return { line: own.line < 0 ? Math.min(own.line, -(free + rows)) : own.line, snap: true };
}
