/** VF2: a broadcast plays at its edge, and nothing of the timeline moves it. */
import { describe, expect, test } from 'vitest';
import { Controller } from '../src/playback/controller';
import { Costs } from '../src/playback/costs';
import { type Act, EXACT, type Goal, type Measured } from '../src/playback/orders';

const goal = (playing: boolean, startsIn = -1): Goal => ({
  key: `${playing}`, playing, rate: 1, at: (now) => 5000 + now / 1000, startsIn: () => startsIn,
}); // prettier-ignore
const seen = (over: Partial<Measured> = {}): Measured => ({
  ready: true, canPlay: true, position: 90, readAt: 0, paused: true, seeking: false, stalled: false, ended: false, rate: 1, duration: 0,
  seekable: [{ start: 40, end: 112 }], live: { edge: 100 }, ...over,
}); // prettier-ignore
const made = () => new Controller(new Costs({ startAfterSeek: 0, startResumed: 0, seek: 0 }));
const kinds = (acts: Act[]) => acts.map((act) => act.kind);

describe('a broadcast', () => {
  test('VF2 starts at its edge, wherever the timeline is', () => {
    expect(made().decide(0, goal(true), seen(), EXACT).acts).toEqual([{ kind: 'seek', to: 100 }, { kind: 'play' }]);
    expect(kinds(made().decide(0, goal(true), seen({ position: 95 }), EXACT).acts)).toEqual(['play']);
    expect(kinds(made().decide(0, goal(true), seen({ live: { edge: null } }), EXACT).acts)).toEqual(['play']);
  });

  test('VF2 pauses with the room, and waits for its common start', () => {
    expect(kinds(made().decide(0, goal(false), seen({ paused: false }), EXACT).acts)).toEqual(['pause']);
    expect(made().decide(0, goal(true, 300), seen(), EXACT)).toEqual({ acts: [], wakeInMs: 300 });
  });

  test('VF2 while it runs nothing is corrected, and nobody is stuck', () => {
    const controller = made();
    for (let now = 0; now < 60_000; now += 100) {
      // The window moves, and this player falls 15 s behind its edge in a minute.
      const s = now / 1000;
      const moved = { seekable: [{ start: 40 + s, end: 112 + s }], live: { edge: 100 + s }, position: 97 + s * 0.75 };
      expect(controller.decide(now, goal(true), seen({ paused: false, ...moved }), EXACT).acts).toEqual([]);
    }
    expect([controller.error, controller.seeks, controller.stuck(60_000)]).toEqual([null, 0, null]);
  });

  test('VF2 what its window has left behind leads back to the edge, seldom', () => {
    const controller = made();
    const at: number[] = [];
    for (let now = 0; now < 120_000; now += 100) {
      const { acts } = controller.decide(now, goal(true), seen({ paused: false, stalled: true, position: 10 }), EXACT);
      if (kinds(acts).includes('seek')) at.push(now);
    }
    expect(at.length).toBeLessThanOrEqual(6);
    expect(at[2]! - at[1]!).toBeGreaterThan(at[1]! - at[0]!);
  });
});
