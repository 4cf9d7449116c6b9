/** Keeps captions above what covers the lower edge of the picture. Works on cues, because engines style their box differently. */

/** A line of captions, as a share of the picture's height: the height of its letters and their leading. */
const LINE_SHARE = 0.0533 * 1.3;

type Line = number | 'auto';

/** Lifts the cues of one player, and remembers where its film has them. */
export class CaptionLift {
  private readonly own = new Map<VTTCue, { line: Line; snap: boolean }>();
  private share = 0;

  /** The lowest share of the picture is to stay free; 0 puts all cues back. */
  set(tracks: readonly TextTrack[], share: number): void {
    this.share = share;
    if (share <= 0) {
      const changed = [...this.own.keys()].map((cue) => this.putBack(cue));
      if (changed.includes(true)) tracks.forEach(drawAgain);
    }
    for (const track of tracks) this.look(track);
  }

  /** The cues that are shown have changed. */
  look(track: TextTrack): void {
    if (this.share <= 0 || track.mode !== 'showing') return;
    const changed = Array.from(track.activeCues ?? []).map((cue) => this.lift(cue as VTTCue));
    if (changed.includes(true)) drawAgain(track);
  }

  private lift(cue: VTTCue): boolean {
    const own = this.own.get(cue) ?? { line: cue.line, snap: cue.snapToLines };
    this.own.set(cue, own);
    return put(cue, raised(own, this.share, cue.text.split('\n').length));
  }

  private putBack(cue: VTTCue): boolean {
    const own = this.own.get(cue)!;
    this.own.delete(cue);
    return put(cue, own);
  }
}

/** Chromium leaves a cue that it shows where it is, until its track is shown anew. */
function drawAgain(track: TextTrack): void {
  if (track.mode !== 'showing') return;
  track.mode = 'hidden';
  track.mode = 'showing';
}

/** Whether that moved the cue. */
function put(cue: VTTCue, { line, snap }: { line: Line; snap: boolean }): boolean {
  const moves = cue.snapToLines !== snap || cue.line !== line;
  if (cue.snapToLines !== snap) cue.snapToLines = snap;
  if (cue.line !== line) cue.line = line;
  return moves;
}

function raised(own: { line: Line; snap: boolean }, share: number, rows: number): { line: Line; snap: boolean } {
  const free = Math.ceil(share / LINE_SHARE);
  // Counted from below: the first of its rows stands there.
  if (own.line === 'auto') return { line: -(free + rows), snap: true };
  if (!own.snap) return { line: Math.min(own.line, Math.max(0, 100 * (1 - share - rows * LINE_SHARE))), snap: false };
  return { line: own.line < 0 ? Math.min(own.line, -(free + rows)) : own.line, snap: true };
}
