/** Limits how long the sound is ducked for corrections, to a few seconds in any half minute. Times are local ms. */
export const DUCKED_WINDOW_MS = 30_000;
export const DUCKED_MAX_MS = 6000;

export class Ducking {
  /** When the volume is to be restored, unless another correction needs the ducking. */
  dueAt = 0;
  private since: number | null = null;
  private past: { from: number; to: number }[] = [];

  get on(): boolean {
    return this.since !== null;
  }

  /** Returns whether the sound may be ducked for that long from now on. */
  allows(now: number, lastsMs: number): boolean {
    return this.spent(now) + lastsMs <= DUCKED_MAX_MS;
  }

  /** Returns whether the time limit is reached. */
  overdue(now: number): boolean {
    return this.on && !this.allows(now, 0);
  }

  begin(now: number): void {
    this.dueAt = 0;
    this.since ??= now;
  }

  end(now: number): void {
    if (this.since === null) return;
    this.past.push({ from: this.since, to: now });
    this.since = null;
  }

  /** Returns how long the sound was ducked within the window that ends now. */
  private spent(now: number): number {
    const begin = now - DUCKED_WINDOW_MS;
    this.past = this.past.filter(({ to }) => to > begin);
    let sum = this.since === null ? 0 : now - this.since;
    for (const { from, to } of this.past) sum += to - Math.max(from, begin);
    return sum;
  }
}
