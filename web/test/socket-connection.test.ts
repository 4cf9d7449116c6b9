// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createAppHarness } from './support/app-harness';
import { registry } from './support/fake-socket';
import { joined } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createAppHarness();
const { socket, enter, names } = page;

beforeEach(page.fresh);

describe('the connection', () => {
  test("connects with the contract's path, both transports and the session token", async () => {
    await enter();
    expect(registry.options).toMatchObject({ path: '/api/socket/io', transports: ['websocket', 'polling'] });
    const auth = vi.fn();
    (registry.options as { auth(give: unknown): void }).auth(auth);
    expect(auth).toHaveBeenCalledWith({
      resume: true,
      names: 'unicode',
      browserKey: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      sessionToken: 'secret',
      roomId: 'ABC123',
    });
  });

  test('on a steady connection the clock is polled with every other server ping', async () => {
    await enter();
    await vi.advanceTimersByTimeAsync(200_000);
    const before = socket().requestCount('clock');
    for (let i = 0; i < 8; i++) {
      await vi.advanceTimersByTimeAsync(25_000);
      socket().ping();
    }
    expect(socket().requestCount('clock')).toBe(before + 4);
  });

  test('a lost connection is retried with growing delays, and at once when the network is back', async () => {
    await enter();
    const before = socket().connectCalls;
    socket().drop('transport close');
    expect(page.app.connection.value).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(320);
    expect(socket().connectCalls).toBe(before + 1);
    socket().failConnect();
    await vi.advanceTimersByTimeAsync(300);
    expect(socket().connectCalls).toBe(before + 1);
    window.dispatchEvent(new Event('online'));
    expect(socket().connectCalls).toBe(before + 2);
    socket().acceptConnection();
    socket().receive('room-joined', joined({ resumed: true }));
    expect(page.app.connection.value).toBe('connected');
  });

  test('a first attempt that timed out is followed by the other transport; a failed one has tried both', async () => {
    await enter();
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(300);
    socket().failConnect('timeout');
    expect(socket().io.opts.transports).toEqual(['polling', 'websocket']);
    await vi.advanceTimersByTimeAsync(1000);
    socket().failConnect();
    expect(socket().io.opts.transports).toEqual(['polling', 'websocket']);
  });

  test('a connection closed during the handshake is followed by the other transport', async () => {
    await enter();
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(300);
    const dials = socket().connectCalls;
    socket().drop('transport error');
    expect(socket().io.opts.transports).toEqual(['polling', 'websocket']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(socket().connectCalls).toBe(dials + 1);
  });

  test('a handshake that is never answered is given up and retried', async () => {
    await enter();
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(300);
    const dials = socket().connectCalls;
    await vi.advanceTimersByTimeAsync(13_000);
    expect(socket().connectCalls).toBe(dials + 1);
  });

  test.each([0, 0.5, 0.999])('after a working connection the first retry comes within 300 ms, at random (%d)', async (luck) => {
    await enter();
    await vi.advanceTimersByTimeAsync(5000);
    vi.spyOn(Math, 'random').mockReturnValue(luck);
    const before = socket().connectCalls;
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(Math.max(0, luck * 300 - 10));
    expect(socket().connectCalls).toBe(luck === 0 ? before + 1 : before);
    await vi.advanceTimersByTimeAsync(20);
    expect(socket().connectCalls).toBe(before + 1);
  });

  test.each(['transport close', 'io server disconnect'])(
    'three servers in a row that disconnect after a second (%s): never refused',
    async (how) => {
      await enter();
      for (let i = 0; i < 12; i++) {
        socket().drop(how);
        expect(page.app.sessionState.value.phase).toBe('reconnecting');
        await vi.advanceTimersByTimeAsync(2000);
        socket().acceptConnection();
        socket().receive('room-joined', joined({ resumed: true, epoch: 1, seq: 6 + i }));
        await vi.advanceTimersByTimeAsync(1000);
        expect(page.app.connection.value).toBe('connected');
      }
    },
  );

  test('a proxy without a server for a minute: retried all the time, and never refused', async () => {
    await enter();
    const before = socket().connectCalls;
    socket().drop('transport close');
    for (let ms = 0; ms < 60_000; ms += 1000) {
      await vi.advanceTimersByTimeAsync(1000);
      socket().failConnect();
    }
    expect(page.app.sessionState.value.phase).toBe('reconnecting');
    expect(socket().connectCalls).toBeGreaterThan(before + 11);
    await vi.advanceTimersByTimeAsync(5000);
    socket().acceptConnection();
    socket().receive('room-joined', joined({ resumed: true }));
    expect(page.app.connection.value).toBe('connected');
  });

  test('RL2 disconnected without a message: a client with a seat retries for longer than a dead server is counted', async () => {
    await enter();
    socket().drop('transport close');
    const hangUp = async () => {
      await vi.advanceTimersByTimeAsync(5000);
      socket().acceptConnection();
      socket().drop('io server disconnect');
    };
    for (let i = 0; i < 17; i++) await hangUp();
    expect(page.app.sessionState.value.phase).toBe('reconnecting');
    for (let i = 0; i < 3; i++) await hangUp();
    expect(page.app.sessionState.value.phase).toBe('refused');
  });

  test('offline is shown as long as it lasts', async () => {
    await enter();
    window.dispatchEvent(new Event('offline'));
    expect(page.app.connection.value).toBe('offline');
    window.dispatchEvent(new Event('online'));
    expect(page.app.connection.value).toBe('connected');
  });

  test('RL2 a server that disconnects at once is not retried for ever', async () => {
    page.app.session.join('ABC123', 'Ana');
    socket().manualAnswers.add('join-room').add('clock');
    for (let i = 0; i < 3; i++) {
      expect(page.app.sessionState.value.phase).toBe('joining');
      socket().acceptConnection();
      socket().drop('io server disconnect');
      if (i < 2) await vi.advanceTimersByTimeAsync(1000);
    }
    const before = socket().connectCalls;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.app.sessionState.value).toEqual({ phase: 'refused', roomId: 'ABC123' });
    expect(socket().connectCalls).toBe(before);
    page.app.session.retry();
    expect(page.app.sessionState.value.phase).toBe('joining');
    expect(registry.sockets).toHaveLength(2);
    expect(socket().connectCalls).toBe(1);
  });

  test('a dead connection is closed and reconnected', async () => {
    await enter();
    socket().manualAnswers.add('clock');
    const before = socket().connectCalls;
    await vi.advanceTimersByTimeAsync(40_000);
    expect(socket().connectCalls).toBeGreaterThan(before);
  });

  test('a malformed message is ignored and logged', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await enter();
    socket().receive('new-message', { message: { id: 5 }, epoch: 1, seq: 6 });
    socket().receive('user-left', null);
    socket().receive('timeline', { phase: 'flying' });
    expect(warn).toHaveBeenCalledTimes(3);
    expect(page.app.sessionState.value.phase).toBe('joined');
    expect(names()).toEqual(['Ana']);
  });
});
