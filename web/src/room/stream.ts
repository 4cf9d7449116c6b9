/** Keeps the room's events in order (SQ1): each change once, and no silent hole. Pure. */

export interface Place {
  epoch: number;
  seq: number;
}

export type Verdict = 'apply' | 'duplicate' | 'gap';

export class Stream {
  private place: Place | null = null;
  /** Events of one change share its seq, so the names seen at the current one are kept. */
  private seenHere = new Set<string>();

  get at(): Place | null {
    return this.place;
  }

  /** A whole state of the room was taken over; everything up to there is in it. */
  reset(place: Place | null): void {
    this.place = place;
    this.seenHere.clear();
  }

  /** An event was applied although others seemed to be missing before it: they were not meant for us. */
  leap(mark: string, place: Place): void {
    this.place = place;
    this.seenHere = new Set([mark]);
  }

  /** Every event of the changes up to here has been applied. */
  advance(place: Place): void {
    if (this.place === null || place.epoch !== this.place.epoch || place.seq > this.place.seq) this.reset(place);
  }

  /**
   * `mark` tells events of one change apart. A `timeline` also comes on demand, with the seq of the change that made it. `since`:
   * whoever stands there or later has missed nothing (PS4).
   */
  offer(mark: string, epoch: number | undefined, seq: number | undefined, since?: number): Verdict {
    if (epoch === undefined || seq === undefined) return 'apply';
    const here = this.place;
    if (here === null) return 'apply';
    if (epoch < here.epoch) return 'duplicate';
    if (epoch > here.epoch) return 'gap';
    if (seq < here.seq) return mark === 'timeline' ? 'apply' : 'duplicate';
    if (seq === here.seq) {
      // Tells how it stands, beside the events of that change, and says the same to whoever knows it already.
      if (mark === 'presence') return 'apply';
      // The state we took over holds its own change in full.
      if (mark !== 'timeline' && (this.seenHere.size === 0 || this.seenHere.has(mark))) return 'duplicate';
      this.seenHere.add(mark);
      return 'apply';
    }
    if ((since ?? seq - 1) > here.seq) return 'gap';
    this.place = { epoch, seq };
    this.seenHere = new Set([mark]);
    return 'apply';
  }

  /** Whether the server stands elsewhere than we do, further or not. */
  elsewhere(epoch: number, seq: number): boolean {
    return this.place !== null && (epoch !== this.place.epoch || seq !== this.place.seq);
  }

  /** Whether the server stands further than we do. */
  behind(epoch: number, seq: number): boolean {
    return this.place !== null && (epoch > this.place.epoch || (epoch === this.place.epoch && seq > this.place.seq));
  }
}
