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
    ask: vi.fn(async (t1: number) => {
      const got = answer?.(t1) ?? null;
      now += 20;
      return got === null ? null : { answer: got, arrivedAt: now };
    }),
    after: (ms: number, run: () => void) => {
      const entry = { ms, run };
      planned.push(entry);
      return () => void planned.splice(planned.indexOf(entry), planned.includes(entry) ? 1 : 0);
    },
    onPlace: vi.fn(),
    onSilence: vi.fn(),
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
  test('learns the time of the server and passes on where the room stands', async () => {
    const { poller, ports, start, step } = rig();
    await start();
    await step();
    expect(poller.serverAt(2000)).toBeCloseTo(2500, 0);
    expect(ports.onPlace).toHaveBeenLastCalledWith(1, 7);
  });

  test('two unanswered questions in a row mean a dead line, one does not', async () => {
    const { ports, answers, start, step } = rig();
    answers(() => null);
    await start();
    expect(ports.onSilence).not.toHaveBeenCalled();
    await step();
    expect(ports.onSilence).toHaveBeenCalledTimes(1);
  });

  test('after an unanswered question the next one comes soon, not at its time', async () => {
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
    expect(ports.onSilence).toHaveBeenCalledTimes(1);
    expect(planned).toMatchObject([{ ms: 20_000 }]);
  });

  test('another server is another clock, which counts once enough is known of it', async () => {
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

  test('of another server on a slow line, two answers are enough after a while', async () => {
    const { poller, ports, answers, start, step } = rig();
    await start();
    answers((t1) => ({ t1, t2: t1 + 9010, t3: t1 + 9010, clockEpoch: 'b', epoch: null, seq: null }));
    await step();
    ports.pass(6000);
    expect(poller.serverAt(2000)).toBeCloseTo(2500, 0);
    await step();
    expect(poller.serverAt(2000)).toBeCloseTo(11_000, 0);
  });

  test('rough answers of another server do not count, however many, while they are fresh', async () => {
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

  test('a third server before the second was known: only the third is learned', async () => {
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

  test('a new round keeps what was learned, and ends the old one', async () => {
    const { poller, planned, start, step } = rig();
    await start();
    await step();
    const known = poller.estimator.count;
    await start();
    expect(poller.estimator.count).toBe(known + 1);
    expect(planned).toHaveLength(1);
  });

  test('after stop nothing is asked any more', async () => {
    const { poller, planned, start } = rig();
    await start();
    poller.stop();
    expect(planned).toHaveLength(0);
  });

  test('an answer that comes after stop is not taken in', async () => {
    const { poller, ports } = rig();
    poller.start();
    poller.stop();
    for (let i = 0; i < 5; i++) await Promise.resolve();
    expect(ports.onPlace).not.toHaveBeenCalled();
    expect(poller.estimator.count).toBe(0);
  });

  test('soon: the next question comes now, but not while it asks often anyway, and not twice in five seconds', async () => {
    const { poller, ports, planned, start, step } = rig();
    await start();
    poller.soon();
    expect(ports.ask).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 24; i++) await step();
    expect(planned).toMatchObject([{ ms: 20_000 }]);
    const asked = ports.ask.mock.calls.length;
    poller.soon();
    expect(ports.ask).toHaveBeenCalledTimes(asked);
    await step();
    for (let i = 0; i < 5; i++) await Promise.resolve();
    const before = ports.ask.mock.calls.length;
    ports.pass(6000);
    poller.soon();
    poller.soon();
    expect(ports.ask).toHaveBeenCalledTimes(before + 1);
    expect(planned).toHaveLength(1);
  });

  test('on a steady line it asks with a ping of the server that comes 40 s after the last question, and without one after 55', async () => {
    const { poller, ports, planned, start, step } = rig();
    await start();
    for (let i = 0; i < 31; i++) {
      ports.pass(1);
      poller.heartbeat();
      await step();
    }
    expect(planned).toMatchObject([{ ms: 20_000 }]);
    ports.pass(19_000);
    poller.heartbeat();
    expect(ports.ask).toHaveBeenCalledTimes(32);
    await step();
    expect(planned).toMatchObject([{ ms: 55_000 }]);
    ports.pass(39_900);
    poller.heartbeat();
    expect(ports.ask).toHaveBeenCalledTimes(33);
    ports.pass(100);
    poller.heartbeat();
    expect(ports.ask).toHaveBeenCalledTimes(34);
    expect(planned).toMatchObject([{ ms: 55_000 }]);
    poller.heartbeat();
    expect(ports.ask).toHaveBeenCalledTimes(34);
  });

  test('on an unsteady line pings change nothing', async () => {
    const { poller, ports, planned, start, step } = rig();
    const slow = ports.ask.getMockImplementation()!;
    ports.ask.mockImplementation((t1: number) => {
      ports.pass((ports.ask.mock.calls.length % 5) * 20);
      return slow(t1);
    });
    await start();
    for (let i = 0; i < 40; i++) await step();
    expect(planned).toMatchObject([{ ms: 20_000 }]);
    ports.pass(60_000);
    poller.heartbeat();
    expect(ports.ask).toHaveBeenCalledTimes(41);
  });

  test('soon or a ping, when nobody is connected: nothing', () => {
    const { poller, ports } = rig();
    poller.soon();
    poller.heartbeat();
    expect(ports.ask).not.toHaveBeenCalled();
  });
});
