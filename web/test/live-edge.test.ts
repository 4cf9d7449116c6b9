/** A broadcast plays at its live edge, independent of the timeline's position (VF2). */
import { describe, expect, test } from 'vitest';
import { Controller } from '../src/playback/controller';
import { Costs } from '../src/playback/costs';
import { type PlayerAction, ELEMENT_DEFAULTS, type Target, type PlayerReading } from '../src/playback/controller-types';

const goal = (playing: boolean, startsIn = -1): Target => ({
  key: `${playing}`, playing, rate: 1, at: (now) => 5000 + now / 1000, startsIn: () => startsIn,
}); // prettier-ignore
const seen = (over: Partial<PlayerReading> = {}): PlayerReading => ({
  ready: true, canPlay: true, position: 90, readAt: 0, paused: true, seeking: false, stalled: false, ended: false, rate: 1, duration: 0,
  seekable: [{ start: 40, end: 112 }], live: { edge: 100 }, ...over,
}); // prettier-ignore
const made = () => new Controller(new Costs({ startAfterSeek: 0, startResumed: 0, seek: 0 }));
const kinds = (actions: PlayerAction[]) => actions.map((act) => act.kind);

describe('a broadcast', () => {
  test('VF2 starts at its edge, independent of the timeline', () => {
    expect(made().decide(0, goal(true), seen(), ELEMENT_DEFAULTS).actions).toEqual([{ kind: 'seek', to: 100 }, { kind: 'play' }]);
    expect(kinds(made().decide(0, goal(true), seen({ position: 95 }), ELEMENT_DEFAULTS).actions)).toEqual(['play']);
    expect(kinds(made().decide(0, goal(true), seen({ live: { edge: null } }), ELEMENT_DEFAULTS).actions)).toEqual(['play']);
  });

  test('VF2 pauses with the room, and waits for the common start', () => {
    expect(kinds(made().decide(0, goal(false), seen({ paused: false }), ELEMENT_DEFAULTS).actions)).toEqual(['pause']);
    expect(made().decide(0, goal(true, 300), seen(), ELEMENT_DEFAULTS)).toEqual({ actions: [], wakeInMs: 300 });
  });

  test('VF2 while it plays nothing is corrected, and no viewer is stuck', () => {
    const controller = made();
    for (let now = 0; now < 60_000; now += 100) {
      // The window moves, and this player falls 15 s behind its edge in a minute.
      const s = now / 1000;
      const moved = { seekable: [{ start: 40 + s, end: 112 + s }], live: { edge: 100 + s }, position: 97 + s * 0.75 };
      expect(controller.decide(now, goal(true), seen({ paused: false, ...moved }), ELEMENT_DEFAULTS).actions).toEqual([]);
    }
    expect([controller.error, controller.seeks, controller.stuck(60_000)]).toEqual([null, 0, null]);
  });

  test('VF2 a position behind the window is sought to the edge, rarely', () => {
    const controller = made();
    const at: number[] = [];
    for (let now = 0; now < 120_000; now += 100) {
      const { actions } = controller.decide(
        now,
        goal(true),
        seen({ paused: false, stalled: true, position: 10 }),
        ELEMENT_DEFAULTS,
      );
      if (kinds(actions).includes('seek')) at.push(now);
    }
    expect(at.length).toBeLessThanOrEqual(6);
    expect(at[2]! - at[1]!).toBeGreaterThan(at[1]! - at[0]!);
  });
});
