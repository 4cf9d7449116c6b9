/**
 * Keeps captions above controls that cover the lower edge of the picture. Works on cues, because browsers style the
 * caption box differently.
 */

/** Height of a caption line with its leading, as a share of the picture's height. */
const LINE_SHARE = 0.0533 * 1.3;

type Line = number | 'auto';

/** Moves the cues of one player up and remembers their original positions. */
export class CaptionLift {
  private readonly originals = new Map<VTTCue, { line: Line; snap: boolean }>();
  private share = 0;

  /** Keeps the lowest share of the picture free; 0 restores all cues. */
  set(tracks: readonly TextTrack[], share: number): void {
    this.share = share;
    if (share <= 0) {
      const changed = [...this.originals.keys()].map((cue) => this.restore(cue));
      if (changed.includes(true)) tracks.forEach(drawAgain);
    }
    for (const track of tracks) this.update(track);
  }

  /** Moves the active cues of a track; called when they have changed. */
  update(track: TextTrack): void {
    if (this.share <= 0 || track.mode !== 'showing') return;
    const changed = Array.from(track.activeCues ?? []).map((cue) => this.lift(cue as VTTCue));
    if (changed.includes(true)) drawAgain(track);
  }

  private lift(cue: VTTCue): boolean {
    const own = this.originals.get(cue) ?? { line: cue.line, snap: cue.snapToLines };
    this.originals.set(cue, own);
    return place(cue, raised(own, this.share, cue.text.split('\n').length));
  }

  private restore(cue: VTTCue): boolean {
    const own = this.originals.get(cue)!;
    this.originals.delete(cue);
    return place(cue, own);
  }
}

/** Shows a track again, because Chromium does not move a visible cue. */
function drawAgain(track: TextTrack): void {
  if (track.mode !== 'showing') return;
  track.mode = 'hidden';
  track.mode = 'showing';
}

/** Sets the cue's position; returns whether it moved. */
function place(cue: VTTCue, { line, snap }: { line: Line; snap: boolean }): boolean {
  const moves = cue.snapToLines !== snap || cue.line !== line;
  if (cue.snapToLines !== snap) cue.snapToLines = snap;
  if (cue.line !== line) cue.line = line;
  return moves;
}

function raised(own: { line: Line; snap: boolean }, share: number, rows: number): { line: Line; snap: boolean } {
  const free = Math.ceil(share / LINE_SHARE);
  // Negative lines count from below, and name the first row of the cue.
  if (own.line === 'auto') return { line: -(free + rows), snap: true };
  if (!own.snap) return { line: Math.min(own.line, Math.max(0, 100 * (1 - share - rows * LINE_SHARE))), snap: false };
  return { line: own.line < 0 ? Math.min(own.line, -(free + rows)) : own.line, snap: true };
}
