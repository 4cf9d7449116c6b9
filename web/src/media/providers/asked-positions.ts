/** Requests for a position whose answers come in order. A reading is taken between its request and its answer. */
const LOST_MS = 3000;

export class AskedPositions {
  private sentAt: number[] = [];

  /** Notes a request. */
  ask(): void {
    const now = performance.now();
    // A player that did not answer for so long has lost the requests.
    if (this.sentAt[0] !== undefined && now - this.sentAt[0] > LOST_MS) this.sentAt = [];
    this.sentAt.push(now);
  }

  /** Returns the local time of the reading that has arrived now, ms. */
  answered(): number {
    const now = performance.now();
    return ((this.sentAt.shift() ?? now) + now) / 2;
  }
}
