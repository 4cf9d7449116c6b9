/** Orders the events of a room (SQ1): each change once, and gaps detected. Pure. */

export interface Revision {
  epoch: number;
  seq: number;
}

export type Verdict = 'apply' | 'duplicate' | 'gap';

export class EventOrder {
  private revision: Revision | null = null;
  /** Keys of the events applied at the current revision, because the events of one change share its seq. */
  private seenAtRevision = new Set<string>();

  get current(): Revision | null {
    return this.revision;
  }

  /** Continues from a complete state at that revision. */
  reset(revision: Revision | null): void {
    this.revision = revision;
    this.seenAtRevision.clear();
  }

  /** Moves to a revision although the ones before it are missing: they were not meant for this client. */
  jumpTo(mark: string, revision: Revision): void {
    this.revision = revision;
    this.seenAtRevision = new Set([mark]);
  }

  /** Moves to a revision whose events have all been applied. */
  advance(revision: Revision): void {
    if (this.revision === null || revision.epoch !== this.revision.epoch || revision.seq > this.revision.seq)
      this.reset(revision);
  }

  /**
   * Decides about an event and moves to its revision when it applies.
   * @param mark tells the events of one change apart; a `timeline` is also sent on request, with the seq of its change
   * @param since a client at that seq or later has missed nothing (PS4)
   */
  offer(mark: string, epoch: number | undefined, seq: number | undefined, since?: number): Verdict {
    if (epoch === undefined || seq === undefined) return 'apply';
    const here = this.revision;
    if (here === null) return 'apply';
    if (epoch < here.epoch) return 'duplicate';
    if (epoch > here.epoch) return 'gap';
    if (seq < here.seq) return mark === 'timeline' ? 'apply' : 'duplicate';
    if (seq === here.seq) {
      // Describes the state at a revision next to that revision's other events, and applying it twice is harmless.
      if (mark === 'presence' || mark.startsWith('message-reactions')) return 'apply';
      // The state at this revision already contains its change.
      if (mark !== 'timeline' && (this.seenAtRevision.size === 0 || this.seenAtRevision.has(mark))) return 'duplicate';
      this.seenAtRevision.add(mark);
      return 'apply';
    }
    if ((since ?? seq - 1) > here.seq) return 'gap';
    this.revision = { epoch, seq };
    this.seenAtRevision = new Set([mark]);
    return 'apply';
  }

  /** Returns whether the server is at another revision. */
  differsFrom(epoch: number, seq: number): boolean {
    return this.revision !== null && (epoch !== this.revision.epoch || seq !== this.revision.seq);
  }

  /** Returns whether the server is at a later revision. */
  isBehind(epoch: number, seq: number): boolean {
    return this.revision !== null && (epoch > this.revision.epoch || (epoch === this.revision.epoch && seq > this.revision.seq));
  }
}
