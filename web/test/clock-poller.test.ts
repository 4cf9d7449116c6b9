import { describe, expect, test, vi } from 'vitest';
import { ClockPoller } from '../src/clock/poller';
import type { ClockAnswer } from '../src/protocol/messages';

function rig() {
  let now = 1000;
  let answer: ((t1: number) => ClockAnswer | null) | null = (t1) => ({
    t1, t2: t1 + 510, t3: t1 + 510, clockEpoch: 'a', epoch: 1, seq: 7,
  }); // prettier-ignore
  const planned: { ms: number; run: () => void }[] = [];
  const ports = {
    now: () => now,
    request: vi.fn(async (t1: number) => {
      const got = answer?.(t1) ?? null;
      now += 20;
      return got === null ? null : { answer: got, arrivedAt: now };
    }),
    after: (ms: number, run: () => void) => {
      const entry = { ms, run };
      planned.push(entry);
      return () => void planned.splice(planned.indexOf(entry), planned.includes(entry) ? 1 : 0);
    },
    onRevision: vi.fn(),
    onUnresponsive: vi.fn(),
    pass: (ms: number) => void (now += ms),
  };
  const poller = new ClockPoller(ports);
  return {
    poller, ports, planned,
    answers: (how: typeof answer) => (answer = how),
    async step() {
      const next = planned.shift();
      now += next?.ms ?? 0;
      next?.run();
      for (let i = 0; i < 5; i++) await Promise.resolve();
    },
    async start() {
      poller.start();
      for (let i = 0; i < 5; i++) await Promise.resolve();
    },
  }; // prettier-ignore
}

describe('clock poller', () => {
  test("estimates the server time and reports the room's revision", async () => {
    const { poller, ports, start, step } = rig();
    await start();
    await step();
    expect(poller.serverAt(2000)).toBeCloseTo(2500, 0);
    expect(ports.onRevision).toHaveBeenLastCalledWith(1, 7);
  });

  test('two timeouts in a row mean a dead connection, one does not', async () => {
    const { ports, answers, start, step } = rig();
    answers(() => null);
    await start();
    expect(ports.onUnresponsive).not.toHaveBeenCalled();
    await step();
    expect(ports.onUnresponsive).toHaveBeenCalledTimes(1);
  });

  test('after a timeout the next poll comes after a second', async () => {
    const { ports, planned, answers, start, step } = rig();
    await start();
    for (let i = 0; i < 23; i++) await step();
    expect(planned).toMatchObject([{ ms: 1000 }]);
    await step();
    expect(planned).toMatchObject([{ ms: 20_000 }]);
    answers(() => null);
    await step();
    expect(planned).toMatchObject([{ ms: 1000 }]);
    await step();
    expect(ports.onUnresponsive).toHaveBeenCalledTimes(1);
    expect(planned).toMatchObject([{ ms: 20_000 }]);
  });

  test("another server's clock is used once it has enough samples", async () => {
    const { poller, answers, start, step } = rig();
    await start();
    await step();
    answers((t1) => ({ t1, t2: t1 + 9010, t3: t1 + 9010, clockEpoch: 'b', epoch: null, seq: null }));
    for (let i = 0; i < 5; i++) {
      await step();
      expect(poller.serverAt(2000)).toBeCloseTo(2500, 0);
    }
    await step();
    expect(poller.estimator.count).toBe(6);
    expect(poller.serverAt(2000)).toBeCloseTo(11_000, 0);
  });

  test('on a slow connection two samples of another server are enough after six seconds', async () => {
    const { poller, ports, answers, start, step } = rig();
    await start();
    answers((t1) => ({ t1, t2: t1 + 9010, t3: t1 + 9010, clockEpoch: 'b', epoch: null, seq: null }));
    await step();
    ports.pass(6000);
    expect(poller.serverAt(2000)).toBeCloseTo(2500, 0);
    await step();
    expect(poller.serverAt(2000)).toBeCloseTo(11_000, 0);
  });

  test('inexact samples of another server are not used while they are recent', async () => {
    const { poller, ports, answers, start, step } = rig();
    await start();
    const slowly = (t1: number) => {
      ports.pass(400);
      return { t1, t2: t1 + 9010, t3: t1 + 9010, clockEpoch: 'b', epoch: null, seq: null };
    };
    answers(slowly);
    for (let i = 0; i < 7; i++) await step();
    expect(poller.serverAt(2000)).toBeCloseTo(2500, 0);
    answers((t1) => ({ t1, t2: t1 + 9010, t3: t1 + 9010, clockEpoch: 'b', epoch: null, seq: null }));
    await step();
    expect(poller.serverAt(2000)).toBeCloseTo(11_000, -1);
  });

  test('a third server replaces an unfinished second one', async () => {
    const { poller, answers, start, step } = rig();
    const at = (clockEpoch: string, ahead: number) =>
      answers((t1) => ({ t1, t2: t1 + ahead, t3: t1 + ahead, clockEpoch, epoch: null, seq: null }));
    await start();
    at('b', 9010);
    await step();
    at('c', 310);
    for (let i = 0; i < 6; i++) await step();
    expect(poller.serverAt(2000)).toBeCloseTo(2300, 0);
  });

  test('a new round keeps the estimate and ends the old round', async () => {
    const { poller, planned, start, step } = rig();
    await start();
    await step();
    const known = poller.estimator.count;
    await start();
    expect(poller.estimator.count).toBe(known + 1);
    expect(planned).toHaveLength(1);
  });

  test('after stop there are no polls', async () => {
    const { poller, planned, start } = rig();
    await start();
    poller.stop();
    expect(planned).toHaveLength(0);
  });

  test('an answer after stop is ignored', async () => {
    const { poller, ports } = rig();
    poller.start();
    poller.stop();
    for (let i = 0; i < 5; i++) await Promise.resolve();
    expect(ports.onRevision).not.toHaveBeenCalled();
    expect(poller.estimator.count).toBe(0);
  });

  test('pollSoon polls now, but not in the fast phases, and not twice in five seconds', async () => {
    const { poller, ports, planned, start, step } = rig();
    await start();
    poller.pollSoon();
    expect(ports.request).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 24; i++) await step();
    expect(planned).toMatchObject([{ ms: 20_000 }]);
    const asked = ports.request.mock.calls.length;
    poller.pollSoon();
    expect(ports.request).toHaveBeenCalledTimes(asked);
    await step();
    for (let i = 0; i < 5; i++) await Promise.resolve();
    const before = ports.request.mock.calls.length;
    ports.pass(6000);
    poller.pollSoon();
    poller.pollSoon();
    expect(ports.request).toHaveBeenCalledTimes(before + 1);
    expect(planned).toHaveLength(1);
  });

  test('on a steady connection it polls with a ping 40 s after the last poll, and without one after 55 s', async () => {
    const { poller, ports, planned, start, step } = rig();
    await start();
    for (let i = 0; i < 31; i++) {
      ports.pass(1);
      poller.onServerPing();
      await step();
    }
    expect(planned).toMatchObject([{ ms: 20_000 }]);
    ports.pass(19_000);
    poller.onServerPing();
    expect(ports.request).toHaveBeenCalledTimes(32);
    await step();
    expect(planned).toMatchObject([{ ms: 55_000 }]);
    ports.pass(39_900);
    poller.onServerPing();
    expect(ports.request).toHaveBeenCalledTimes(33);
    ports.pass(100);
    poller.onServerPing();
    expect(ports.request).toHaveBeenCalledTimes(34);
    expect(planned).toMatchObject([{ ms: 55_000 }]);
    poller.onServerPing();
    expect(ports.request).toHaveBeenCalledTimes(34);
  });

  test('on an unsteady connection pings trigger no poll', async () => {
    const { poller, ports, planned, start, step } = rig();
    const slow = ports.request.getMockImplementation()!;
    ports.request.mockImplementation((t1: number) => {
      ports.pass((ports.request.mock.calls.length % 5) * 20);
      return slow(t1);
    });
    await start();
    for (let i = 0; i < 40; i++) await step();
    expect(planned).toMatchObject([{ ms: 20_000 }]);
    ports.pass(60_000);
    poller.onServerPing();
    expect(ports.request).toHaveBeenCalledTimes(41);
  });

  test('pollSoon and pings do nothing before start', () => {
    const { poller, ports } = rig();
    poller.pollSoon();
    poller.onServerPing();
    expect(ports.request).not.toHaveBeenCalled();
  });
});
