/** Viewers of a live stream with programme time, with the shipped driver and controller (LS2 to LS5). */
import { describe, expect, test } from 'vitest';
import { type ProgrammeSpan, StreamProgramme } from '../src/media/programme-time';
import { SingleViewer } from './sim/single-viewer';

const WINDOW_S = 12;
const DELAY_S = 8;

/**
 * A viewer of a stream whose clock is off. Its player counts positions from its own beginning, and its window slides as
 * the stream goes on. From `breakAt` on, the clock of the stream has jumped by `jumpS`: it left out so much, or was set
 * back.
 */
class LiveViewer extends SingleViewer {
  readonly delayMs: number;
  readonly outside: number[] = [];
  private readonly firstTime: number;

  /** @param more `begunS`: for how long the stream has been on air */
  constructor(
    seed: number,
    private readonly more: { clockOffS?: number; breakAtS?: number; jumpS?: number; axisS?: number; begunS?: number } = {},
  ) {
    super('file', seed);
    const { player, world } = this;
    player.profile.duration = 1e7;
    const { clockOffS = 0, axisS = 0, begunS = WINDOW_S } = more;
    // At position `axisS`, a window before now.
    this.firstTime = this.serverNow / 1000 + clockOffS - begunS - axisS;
    this.delayMs = (DELAY_S - clockOffS) * 1000;
    player.live = { edge: null };
    player.programme = new StreamProgramme(
      () => this.spans(),
      () => ({ ...this.window(), aim: 0, reserve: 2, fresh: true, young: this.window().start === 0 }),
    );
    const slide = () => {
      player.seekable = [this.window()];
      world.after(100, slide);
    };
    slide();
    player.seek(axisS);
    const seek = player.seek.bind(player);
    player.seek = (to) => {
      const { start, end } = this.window();
      if (to < start - 0.3 || to > end + 0.3) this.outside.push(to);
      seek(to);
    };
    this.run(1000);
  }

  play(over: Parameters<SingleViewer['setTimeline']>[0] = {}): void {
    this.setTimeline({ phase: 'playing', position: 0, at: this.serverNow + 150, duration: 0, liveDelay: this.delayMs, ...over });
  }

  /** True error of the shown programme time, ms; positive when behind. */
  override error(): number {
    const time = this.player.programme!.translate(this.player.measure());
    const shown = time.position + (this.player.truePosition - this.player.measure().position);
    return this.serverNow - (this.timeline.liveDelay ?? Number.NaN) - shown * 1000;
  }

  private spans(): ProgrammeSpan[] {
    const { breakAtS = Number.POSITIVE_INFINITY, jumpS = 0 } = this.more;
    const broken = this.firstTime + jumpS;
    const first = { start: 0, end: breakAtS, offset: this.firstTime };
    return breakAtS === Number.POSITIVE_INFINITY ? [first] : [first, { start: breakAtS, end: 1e7, offset: broken }];
  }

  private window(): { start: number; end: number } {
    const now = this.serverNow / 1000 + (this.more.clockOffS ?? 0);
    const { breakAtS = Number.POSITIVE_INFINITY, jumpS = 0 } = this.more;
    const plain = now - this.firstTime;
    // While the stream leaves something out, its window does not grow.
    const end = plain <= breakAtS ? plain : Math.max(breakAtS, plain - jumpS);
    return { start: Math.max(0, end - WINDOW_S), end };
  }
}

const SYNCED_MS = 15;

describe('LS2 a live stream with programme time', () => {
  test.each([
    { what: 'exact', clockOffS: 0 },
    { what: 'three hours ahead', clockOffS: 10_800 },
    { what: 'years behind', clockOffS: -900_000 },
  ])('the clock of the stream is $what: all viewers show one time, wherever their players count from', ({ clockOffS }) => {
    for (let seed = 1; seed <= 6; seed++) {
      const viewer = new LiveViewer(seed, { clockOffS, axisS: seed * 400 });
      viewer.play();
      viewer.run(8000);
      expect(Math.max(...viewer.watch(20_000)), `seed ${seed}`).toBeLessThan(SYNCED_MS);
      expect([viewer.driver.state, viewer.driver.behind, viewer.outside], `seed ${seed}`).toEqual(['synced', 0, []]);
      expect(viewer.player.seeks).toBeLessThanOrEqual(3);
    }
  });

  test('a stream that has only begun stands at its first picture until it is due, and starts in step', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const viewer = new LiveViewer(seed, { begunS: 2 });
      viewer.play();
      const { seeks } = viewer.player;
      viewer.run(4000);
      expect([viewer.player.paused, viewer.driver.state, viewer.driver.behind]).toEqual([true, 'buffering', 0]);
      expect(viewer.player.truePosition).toBeLessThan(0.05);
      viewer.run(3500);
      expect(Math.max(...viewer.watch(5000)), `seed ${seed}`).toBeLessThan(SYNCED_MS);
      expect([viewer.driver.state, viewer.player.seeks - seeks, viewer.outside]).toEqual(['synced', 0, []]);
    }
  });

  test('a stall longer than the window is caught up within the window', () => {
    for (const stalledMs of [1500, 6000, 25_000]) {
      const viewer = new LiveViewer(2);
      viewer.play();
      viewer.run(8000);
      viewer.player.stall(stalledMs);
      viewer.run(stalledMs - 200);
      expect(viewer.driver.state).toBe('buffering');
      viewer.run(9000);
      expect(Math.max(...viewer.watch(5000)), `${stalledMs} ms`).toBeLessThan(SYNCED_MS);
      expect([viewer.outside, viewer.stalls]).toEqual([[], []]);
    }
  });

  test.each([
    { what: 'a second', jumpS: 1 },
    { what: 'five seconds left out', jumpS: 5 },
    { what: 'a clock set back', jumpS: -1.5 },
    { what: 'nothing', jumpS: 0 },
  ])('a discontinuity, $what: the time goes on at the room’s pace', ({ jumpS }) => {
    const viewer = new LiveViewer(3, { breakAtS: 30, jumpS });
    viewer.play();
    viewer.run(8000);
    const seeks = viewer.player.seeks;
    viewer.run(35_000);
    expect(Math.max(...viewer.watch(10_000))).toBeLessThan(SYNCED_MS);
    expect([viewer.driver.state, viewer.driver.obstacle, viewer.outside]).toEqual(['synced', null, []]);
    expect(viewer.player.seeks - seeks).toBeLessThanOrEqual(3);
  });

  test('after a pause it goes on with the time of the others, and not where it stood', () => {
    const viewer = new LiveViewer(4);
    viewer.play();
    viewer.run(8000);
    const { seeks } = viewer.player;
    viewer.setTimeline({ phase: 'paused', position: 7, at: viewer.serverNow, duration: 0 });
    viewer.run(30_000);
    expect([viewer.player.paused, viewer.player.seeks, viewer.driver.state]).toEqual([true, seeks, 'live']);
    viewer.play();
    viewer.run(6000);
    expect(Math.max(...viewer.watch(5000))).toBeLessThan(SYNCED_MS);
    expect(viewer.outside).toEqual([]);
  });

  test('another delay moves the viewer, and the speed of the room does not', () => {
    const viewer = new LiveViewer(5);
    viewer.play({ rate: 1.5 });
    viewer.run(8000);
    expect(Math.max(...viewer.watch(3000))).toBeLessThan(SYNCED_MS);
    viewer.play({ liveDelay: viewer.delayMs - 3000 });
    viewer.run(8000);
    expect(Math.max(...viewer.watch(3000))).toBeLessThan(SYNCED_MS);
  });

  test('LS3 a barrier is answered at once, and a stall holds up nobody', () => {
    const viewer = new LiveViewer(6);
    viewer.play();
    viewer.run(8000);
    viewer.setTimeline({ phase: 'preparing', position: 300, at: viewer.serverNow, duration: 0 });
    viewer.run(300);
    expect(viewer.ready).toEqual([viewer.timeline.seq]);
  });

  test('LS4 a viewer on its own falls behind, and goes back when it asks to', () => {
    const viewer = new LiveViewer(7);
    viewer.play();
    viewer.run(8000);
    viewer.driver.mode = 'free';
    viewer.player.stall(5000);
    viewer.run(20_000);
    expect(viewer.driver.state).toBe('free');
    expect(viewer.driver.behind).toBeCloseTo(5, 0);
    viewer.driver.backToLive();
    viewer.run(5000);
    expect([viewer.driver.state, viewer.driver.behind]).toEqual(['free', 0]);
    expect(Math.max(...viewer.watch(3000))).toBeLessThan(60);
  });

  test('LS5 a stream that ends is shown to its end, in the same time', () => {
    const viewer = new LiveViewer(8);
    viewer.play();
    viewer.run(8000);
    viewer.player.profile.duration = viewer.player.truePosition + DELAY_S;
    viewer.player.live = null;
    viewer.run(4000);
    expect(Math.max(...viewer.watch(2000))).toBeLessThan(SYNCED_MS);
    viewer.run(6000);
    expect(viewer.driver.state).toBe('ended');
    expect(viewer.driver.live).toBe(true);
  });
});

test('VF2 a broadcast without programme time, or in a room without a delay, plays at its edge', () => {
  const viewer = new LiveViewer(9);
  viewer.play();
  viewer.player.programme = null;
  viewer.run(8000);
  expect([viewer.driver.state, viewer.driver.error, viewer.driver.followsProgramme]).toEqual(['live', null, false]);
});
