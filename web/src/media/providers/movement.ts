/**
 * Whether a film moves, and where it is, by the positions that its player reports. A film moves when two positions differ,
 * and stands when none has been further for a while. Events of the player are not believed, because they come too early.
 */
import { PositionReports } from '../position-reports';

/** Progress that shows that the film moves. */
export const MOVED_S = 0.02;
/** A step further than expected is a jump. */
const JUMP_S = 1;

export class Movement {
  private readonly reports = new PositionReports(() => performance.now());
  private currentRate = 1;
  private moving = false;
  private still = 0;
  /** The last report that was further than the one before, while the film moves. */
  private progress = { position: 0, at: 0 };
  /** Since when a film that should move does not, and whether it had moved before. */
  private standing = { since: 0, moved: false };

  get isMoving(): boolean {
    return this.moving;
  }

  get position(): number {
    return this.moving ? this.reports.position(this.currentRate) : this.still;
  }

  get rate(): number {
    return this.currentRate;
  }

  set rate(rate: number) {
    if (this.moving) this.reports.restart(this.currentRate);
    this.currentRate = rate;
  }

  /** Whether the film stood still after it had moved. */
  get hasStopped(): boolean {
    return !this.moving && this.standing.moved;
  }

  /** Returns for how long the film has been expected to move, ms. */
  standsFor(now: number): number {
    return this.moving ? 0 : now - this.standing.since;
  }

  /** Puts the film at a position where it does not move, and is not expected to. */
  hold(position = this.position): void {
    this.still = position;
    this.moving = false;
    this.reports.clear();
  }

  /**
   * Expects the film to move from where it is.
   * @param moved whether it has moved before, so that this is a stall
   */
  expect(moved: boolean, position = this.position): void {
    this.hold(position);
    this.standing = { since: performance.now(), moved };
  }

  /** Stops a film that has not been further for too long; returns whether it did. */
  stopWithout(gapMs: number, now: number): boolean {
    if (!this.moving || now - this.progress.at <= gapMs) return false;
    this.expect(true, this.progress.position);
    return true;
  }

  /** Takes the position of a film that should move; returns whether it began to move, or jumped. */
  report(position: number, at: number): boolean {
    return this.moving ? this.follow(position, at) : this.begin(position, at);
  }

  private begin(position: number, at: number): boolean {
    const ahead = position - this.still;
    if (Math.abs(ahead) < MOVED_S) return false;
    this.still = position;
    if (ahead < 0) return false;
    this.moving = true;
    this.progress = { position, at: performance.now() };
    this.reports.restart(this.currentRate, position);
    this.reports.add({ position, at });
    return true;
  }

  private follow(position: number, at: number): boolean {
    const jumped = Math.abs(position - this.position) > JUMP_S;
    if (jumped) this.reports.restart(this.currentRate, position);
    if (position > this.progress.position || jumped) this.progress = { position, at: performance.now() };
    this.reports.add({ position, at });
    return jumped;
  }
}
