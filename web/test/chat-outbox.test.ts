// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../src/protocol/room-access';
import { createAppHarness } from './support/app-harness';
import { aMessage, aRoom, aTimeline, aUser, joined } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createAppHarness();
const { socket, settle, enter, texts, pending } = page;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

beforeEach(page.fresh);

describe('messages', () => {
  test('a message that is sent, acknowledged and echoed is shown once', async () => {
    await enter();
    socket().manualAnswers.add('send-message');
    page.app.chatInput.submit('  hello ');
    const { payload } = socket().lastRequest('send-message');
    expect(payload).toEqual({ roomId: 'ABC123', message: 'hello', messageId: expect.stringMatching(UUID) });
    const id = String(payload['messageId']);
    await socket().lastRequest('send-message').answer({ ok: true, messageId: id, epoch: 1, seq: 6 });
    socket().receive('new-message', { message: aMessage({ id, userId: 'u1', message: 'hello' }), epoch: 1, seq: 6 });
    expect(texts()).toEqual(['hello']);
    expect(page.app.chat.entries.value).toHaveLength(1);
  });

  test('messages written without a connection are sent later, in order and one at a time', async () => {
    await enter();
    socket().drop('transport close');
    page.app.chatInput.submit('into the dark');
    page.app.chatInput.submit('and again');
    expect(pending()).toEqual(['into the dark (waiting)', 'and again (waiting)']);
    socket().manualAnswers.add('send-message');
    socket().acceptConnection();
    socket().receive('room-joined', joined({ resumed: true, epoch: 1, seq: 6 }));
    expect(socket().requestCount('send-message')).toBe(1);
    expect(socket().lastRequest('send-message').payload['message']).toBe('into the dark');
    await socket()
      .lastRequest('send-message')
      .answer({ ok: true, messageId: socket().lastRequest('send-message').payload['messageId'] });
    expect(socket().lastRequest('send-message').payload['message']).toBe('and again');
    await socket()
      .lastRequest('send-message')
      .answer({ ok: true, messageId: socket().lastRequest('send-message').payload['messageId'] });
    expect(pending()).toEqual(['into the dark (acknowledged)', 'and again (acknowledged)']);
  });

  test('a message whose answer was lost is shown once, and not sent again', async () => {
    await enter();
    socket().manualAnswers.add('send-message');
    page.app.chatInput.submit('hello');
    const id = String(socket().lastRequest('send-message').payload['messageId']);
    socket().drop('transport close');
    await settle();
    expect(pending()).toEqual(['hello (waiting)']);
    socket().acceptConnection();
    const mine = aMessage({ id, userId: 'u1', message: 'hello' });
    socket().receive('room-joined', joined({ resumed: true, epoch: 1, seq: 7, messages: [mine] }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([texts(), pending()]).toEqual([['hello'], []]);
    expect(socket().requestCount('send-message')).toBe(1);
  });

  test('RT5 slow mode begins with an accepted message, also when its echo comes first', async () => {
    page.app.session.join('ABC123', 'Ben');
    socket().acceptConnection();
    await settle();
    const room = aRoom({ settings: { ...DEFAULT_SETTINGS, slowModeMs: 30_000 } });
    socket().receive('room-joined', joined({ room, user: aUser({ id: 'u2', name: 'Ben' }), seq: 5 }));
    await settle();
    socket().manualAnswers.add('send-message');
    page.app.chatInput.submit('hello');
    const id = String(socket().lastRequest('send-message').payload['messageId']);
    expect(page.app.chatPermission.value).toEqual({ kind: 'open' });
    socket().receive('new-message', { message: aMessage({ id, userId: 'u2', message: 'hello' }), epoch: 1, seq: 6 });
    await socket().lastRequest('send-message').answer({ ok: true, messageId: id, epoch: 1, seq: 6 });
    expect(page.app.chatPermission.value).toEqual({ kind: 'slow', secondsLeft: 30 });
  });

  test('ack, echo and snapshot of one message show it once', async () => {
    await enter();
    socket().manualAnswers.add('send-message').add('resume');
    page.app.chatInput.submit('hello');
    const id = String(socket().lastRequest('send-message').payload['messageId']);
    const mine = aMessage({ id, userId: 'u1', message: 'hello' });
    socket().receive('new-message', { message: mine, epoch: 1, seq: 6 });
    await socket().lastRequest('send-message').answer({ ok: true, messageId: id, epoch: 1, seq: 6 });
    socket().receive('stream-position', { roomId: 'ABC123', epoch: 2, seq: 1 });
    const snapshot = { room: aRoom(), messages: [mine], timeline: aTimeline({ epoch: 2 }) };
    await socket().lastRequest('resume').answer({ ok: true, epoch: 2, seq: 1, snapshot });
    expect([texts(), pending()]).toEqual([['hello'], []]);
  });

  test.each(['unavailable', 'internal', 'rate_limited'])(
    '%s: retried with the same id and growing delays until accepted',
    async (code) => {
      await enter();
      socket().manualAnswers.add('send-message');
      page.app.chatInput.submit('hello');
      const id = socket().lastRequest('send-message').payload['messageId'];
      const waits: number[] = [];
      for (let tries = 1; tries <= 3; tries++) {
        await socket().lastRequest('send-message').answer({ ok: false, code, error: 'Failed', retryable: true });
        expect(pending()).toEqual(['hello (waiting)']);
        const since = Date.now();
        while (socket().requestCount('send-message') === tries) await vi.advanceTimersByTimeAsync(10);
        waits.push(Date.now() - since);
        expect(socket().lastRequest('send-message').payload).toEqual({ roomId: 'ABC123', message: 'hello', messageId: id });
      }
      expect(waits[0]).toBeGreaterThan(300);
      expect(waits[2]).toBeGreaterThan(waits[0]!);
      await socket().lastRequest('send-message').answer({ ok: true, messageId: id });
      expect(pending()).toEqual(['hello (acknowledged)']);
    },
  );

  test('a retry is sent as soon as the room is available again', async () => {
    await enter();
    socket().manualAnswers.add('send-message');
    page.app.chatInput.submit('hello');
    socket().receive('room-availability', { roomId: 'ABC123', available: false });
    const no = { ok: false, code: 'unavailable', error: 'Failed to send message', retryable: true };
    for (let i = 0; i < 4; i++) {
      await socket().lastRequest('send-message').answer(no);
      await vi.advanceTimersByTimeAsync(i < 3 ? 8000 : 100);
    }
    const before = socket().requestCount('send-message');
    socket().receive('room-availability', { roomId: 'ABC123', available: true });
    expect(socket().requestCount('send-message')).toBe(before + 1);
  });

  test('a finally rejected message is kept with its reason, not retried, and blocks no other', async () => {
    await enter();
    socket().manualAnswers.add('send-message');
    page.app.chatInput.submit('hello');
    page.app.chatInput.submit('world');
    await socket().lastRequest('send-message').answer({ ok: false, code: 'invalid_data', error: 'Too big.', retryable: false });
    expect(pending()).toEqual(['hello (failed)', 'world (sending)']);
    expect(socket().lastRequest('send-message').payload['message']).toBe('world');
    await socket()
      .lastRequest('send-message')
      .answer({ ok: true, messageId: socket().lastRequest('send-message').payload['messageId'] });
    socket().receive('room-joined', joined({ epoch: 1, seq: 7 }));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(socket().requestCount('send-message')).toBe(2);
    page.app.chatInput.retry(page.app.chat.entries.value[0]!.key);
    expect(socket().lastRequest('send-message').payload['message']).toBe('hello');
  });

  test('a server that fails over the same message is not asked for ever', async () => {
    await enter();
    socket().manualAnswers.add('send-message');
    page.app.chatInput.submit('hello');
    for (let i = 0; i < 5; i++) {
      await socket().lastRequest('send-message').answer({ ok: false, code: 'internal', error: 'Failed.', retryable: true });
      await vi.advanceTimersByTimeAsync(6000);
    }
    expect(pending()).toEqual(['hello (failed)']);
    expect(socket().requestCount('send-message')).toBe(5);
  });

  test('a server that does not know this client: rejoin first, then the message', async () => {
    await enter();
    socket().manualAnswers.add('send-message').add('join-room');
    page.app.chatInput.submit('hello');
    await socket().lastRequest('send-message').answer({ ok: false, code: 'not_authenticated', error: 'Not authenticated' });
    expect(page.app.sessionState.value.phase).toBe('reconnecting');
    expect(pending()).toEqual(['hello (waiting)']);
    await vi.advanceTimersByTimeAsync(3000);
    expect(socket().requestCount('send-message')).toBe(1);
    socket().receive('room-joined', joined({ epoch: 1, seq: 6 }));
    expect(socket().requestCount('send-message')).toBe(2);
  });

  test('a slow message is marked, a quick one is not', async () => {
    await enter();
    socket().manualAnswers.add('send-message');
    page.app.chatInput.submit('hello');
    expect(pending()).toEqual(['hello (sending)']);
    await vi.advanceTimersByTimeAsync(800);
    expect(pending()).toEqual(['hello (slow)']);
  });

  test('a reload loses no unsent message and posts none twice', async () => {
    await enter();
    socket().drop('transport close');
    page.app.chatInput.submit('said before the reload');
    page.app.chatInput.submit('never sent');
    const [first] = page.app.chat.entries.value;
    const id = first?.kind === 'pending' ? first.id : '';
    await page.load();
    page.app.session.join('ABC123', 'Ana');
    socket().acceptConnection();
    const mine = aMessage({ id, userId: 'u1', message: 'said before the reload' });
    socket().receive('room-joined', joined({ epoch: 1, seq: 6, messages: [mine] }));
    await settle();
    expect(socket().requestCount('send-message')).toBe(1);
    expect(socket().lastRequest('send-message').payload['message']).toBe('never sent');
    expect(texts()).toEqual(['said before the reload']);
  });

  test('unsent messages are discarded with the room, and belong to no other room', async () => {
    await enter();
    socket().drop('transport close');
    page.app.chatInput.submit('into the dark');
    expect(sessionStorage.getItem('wnc.unsent')).toContain('into the dark');
    page.app.session.leave();
    expect(sessionStorage.getItem('wnc.unsent')).toBeNull();
    await enter();
    expect(pending()).toEqual([]);
  });

  test('typing is reported at the first key, repeated, and ended', async () => {
    await enter();
    const typing = () => socket().sent.map((one) => one.name).filter((name) => name.startsWith('typing')); // prettier-ignore
    page.app.chatInput.onTyping(false);
    page.app.chatInput.onTyping(false);
    expect(typing()).toEqual(['typing-start']);
    await vi.advanceTimersByTimeAsync(2600);
    page.app.chatInput.onTyping(false);
    expect(typing()).toEqual(['typing-start', 'typing-start']);
    await vi.advanceTimersByTimeAsync(4100);
    expect(typing()).toEqual(['typing-start', 'typing-start', 'typing-stop']);
    page.app.chatInput.onTyping(true);
    expect(typing()).toHaveLength(3);
  });
});
