/**
 * How long the sound may be turned down for corrections: never more than a few seconds in any half minute, whatever happens.
 * Times are local ms.
 */
export const DUCKED_WINDOW_MS = 30_000;
export const DUCKED_MAX_MS = 6000;

export class Ducking {
  /** When the sound may come back, unless something else needs it down. */
  dueAt = 0;
  private since: number | null = null;
  private past: { from: number; to: number }[] = [];

  get on(): boolean {
    return this.since !== null;
  }

  /** Whether the sound may be down for so long from now on. */
  allows(now: number, lastsMs: number): boolean {
    return this.spent(now) + lastsMs <= DUCKED_MAX_MS;
  }

  /** Whether it has been down for as long as it may. */
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

  /** For how long of the window that ends now it was down. */
  private spent(now: number): number {
    const begin = now - DUCKED_WINDOW_MS;
    this.past = this.past.filter(({ to }) => to > begin);
    let sum = this.since === null ? 0 : now - this.since;
    for (const { from, to } of this.past) sum += to - Math.max(from, begin);
    return sum;
  }
}
