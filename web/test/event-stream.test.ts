// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createEventStream } from '../src/app/event-stream';
import { Mismatch } from '../src/protocol/check';
import { readEvent } from '../src/protocol/messages';
import { createAppHarness, messageEvent } from './support/app-harness';
import { aMessage, aRoom, aTimeline, aUser, joined } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createAppHarness();
const { socket, enter, texts, names } = page;

beforeEach(page.fresh);

describe('SQ1, SQ2 the events of a room', () => {
  test('a duplicate event is ignored', async () => {
    await enter();
    socket().receive('new-message', messageEvent('a', 6));
    socket().receive('new-message', messageEvent('a', 6));
    socket().receive('user-joined', { user: aUser({ id: 'u2', name: 'Ben' }), epoch: 1, seq: 4 });
    expect(texts()).toEqual(['a']);
    expect(names()).toEqual(['Ana']);
  });

  test('a gap is requested and filled in order, and buffered events follow', async () => {
    await enter();
    socket().manualAnswers.add('resume');
    socket().receive('new-message', messageEvent('c', 8));
    socket().receive('new-message', messageEvent('d', 9));
    expect(texts()).toEqual([]);
    expect(socket().requestCount('resume')).toBe(1);
    expect(socket().lastRequest('resume').payload).toEqual({ roomId: 'ABC123', epoch: 1, seq: 5 });
    await socket()
      .lastRequest('resume')
      .answer({ ok: true, epoch: 1, seq: 8, events: [['new-message', messageEvent('a', 6)], ['new-message', messageEvent('b', 7)], ['new-message', messageEvent('c', 8)]] }); // prettier-ignore
    expect(texts()).toEqual(['a', 'b', 'c', 'd']);
    socket().receive('new-message', messageEvent('e', 10));
    expect(texts()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(socket().requestCount('resume')).toBe(1);
  });

  test('QU12 votes that follow another change of the queue with the same seq are applied, and once', () => {
    const applied: string[] = [];
    const stream = createEventStream({
      requestResume: () => Promise.reject(new Error('nothing is missing')),
      after: () => () => undefined,
      random: () => 0.5,
      apply: (event) => applied.push(Object.keys(event.payload)[0] ?? ''),
      loadSnapshot: () => undefined,
      onUnknownMember: () => undefined,
    });
    stream.reset({ epoch: 1, seq: 5 });
    const receive = (payload: object): void => {
      const event = readEvent('queue-changed', payload);
      if (!(event instanceof Mismatch)) stream.receive(event);
    };
    for (let i = 0; i < 2; i++) {
      receive({ removed: ['i1'], epoch: 1, seq: 6 });
      receive({ votes: [{ itemId: 'i2', votes: 3 }], epoch: 1, seq: 6, since: 5 });
    }
    expect(applied).toEqual(['removed', 'votes']);
  });

  test('a gap that is too old is answered with a snapshot', async () => {
    await enter();
    socket().manualAnswers.add('resume');
    socket().receive('new-message', messageEvent('z', 90));
    const users = [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Ben' })];
    const snapshot = {
      room: aRoom({ users }),
      messages: [aMessage({ id: 'y', message: 'y' }), aMessage({ id: 'z', message: 'z' })],
      timeline: aTimeline({ epoch: 1, seq: 80, position: 33 }),
    };
    await socket().lastRequest('resume').answer({ ok: true, epoch: 1, seq: 90, snapshot });
    expect(texts()).toEqual(['y', 'z']);
    expect(names()).toEqual(['Ana', 'Ben']);
    expect(page.app.room.timeline.value?.position).toBe(33);
    socket().receive('new-message', messageEvent('next', 91));
    expect(texts()).toEqual(['y', 'z', 'next']);
  });

  test('a clock answer reveals a gap that no event has shown', async () => {
    await enter();
    socket().manualAnswers.add('clock');
    await vi.advanceTimersByTimeAsync(60);
    const t1 = socket().lastRequest('clock').payload['t1'];
    await socket().lastRequest('clock').answer({ ok: true, t1, t2: 1, t3: 1, clockEpoch: 1, epoch: 1, seq: 7 });
    await vi.advanceTimersByTimeAsync(700);
    expect(socket().requestCount('resume')).toBe(1);
  });

  test('an event that arrives later than the clock answer is no gap', async () => {
    await enter();
    socket().manualAnswers.add('clock');
    await vi.advanceTimersByTimeAsync(60);
    const t1 = socket().lastRequest('clock').payload['t1'];
    await socket().lastRequest('clock').answer({ ok: true, t1, t2: 1, t3: 1, clockEpoch: 1, epoch: 1, seq: 6 });
    socket().receive('new-message', messageEvent('a', 6));
    await vi.advanceTimersByTimeAsync(700);
    expect(socket().requestCount('resume')).toBe(0);
  });

  test('a stream position that differs is requested, ahead or behind; the same one is not', async () => {
    await enter();
    socket().receive('stream-position', { roomId: 'ABC123', epoch: 1, seq: 5 });
    socket().receive('stream-position', { roomId: 'OTHER1', epoch: 1, seq: 9 });
    expect(socket().requestCount('resume')).toBe(0);
    socket().manualAnswers.add('resume');
    socket().receive('stream-position', { roomId: 'ABC123', epoch: 1, seq: 7 });
    expect(socket().lastRequest('resume').payload).toEqual({ roomId: 'ABC123', epoch: 1, seq: 5 });
    await socket().lastRequest('resume').answer({ ok: true, epoch: 1, seq: 7, events: [['new-message', messageEvent('a', 6)], ['new-message', messageEvent('b', 7)]] }); // prettier-ignore
    expect(texts()).toEqual(['a', 'b']);
    const snapshot = {
      room: aRoom(),
      messages: [aMessage({ id: 'a', message: 'a' })],
      timeline: aTimeline({ epoch: 1, seq: 2 }),
    };
    socket().receive('stream-position', { roomId: 'ABC123', epoch: 1, seq: 6 });
    expect(socket().requestCount('resume')).toBe(2);
    await socket().lastRequest('resume').answer({ ok: true, epoch: 1, seq: 6, snapshot });
    socket().receive('new-message', messageEvent('c', 7));
    expect(texts()).toEqual(['a', 'b', 'c']);
    expect(socket().requestCount('resume')).toBe(2);
  });

  test('another epoch arrives as a snapshot: film, chat and member stay', async () => {
    await enter();
    const film = { videoUrl: 'https://films.example/a.mp4', videoType: 'video' };
    socket().receive('room-joined', joined({ room: aRoom(film), timeline: aTimeline({ seq: 5, position: 9 }), seq: 5 }));
    socket().receive('new-message', messageEvent('a', 6));
    const [filmBefore, entryBefore] = [page.app.room.film.value, page.app.chat.entries.value[0]];
    socket().manualAnswers.add('resume');
    socket().receive('stream-position', { roomId: 'ABC123', epoch: 1_700_000_000_000, seq: 3 });
    const timeline = aTimeline({ epoch: 1_700_000_000_000, seq: 3, position: 9 });
    const snapshot = { room: aRoom(film), messages: [aMessage({ id: 'a', message: 'a' })], timeline: timeline };
    await socket().lastRequest('resume').answer({ ok: true, epoch: 1_700_000_000_000, seq: 3, snapshot });
    expect(page.app.room.film.value).toBe(filmBefore);
    expect(page.app.chat.entries.value[0]).toBe(entryBefore);
    expect(page.app.room.timeline.value?.epoch).toBe(1_700_000_000_000);
    socket().receive('new-message', { ...messageEvent('b', 4), epoch: 1_700_000_000_000 });
    expect(texts()).toEqual(['a', 'b']);
    expect(page.app.room.me.value?.name).toBe('Ana');
  });

  test('another epoch after a reconnect is accepted, with smaller revisions', async () => {
    await enter();
    socket().receive('new-message', messageEvent('a', 6));
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(400);
    socket().acceptConnection();
    const timeline = aTimeline({ epoch: 77, seq: 1, position: 3 });
    socket().receive('room-joined', joined({ resumed: true, epoch: 77, seq: 2, timeline, messages: [aMessage({ id: 'a', message: 'a' })] })); // prettier-ignore
    socket().receive('new-message', { ...messageEvent('b', 3), epoch: 77 });
    expect(texts()).toEqual(['a', 'b']);
    expect(page.app.room.timeline.value?.position).toBe(3);
    expect(socket().requestCount('resume')).toBe(0);
  });

  test('a gap that cannot be filled now is requested again, and buffered events are kept', async () => {
    await enter();
    socket().manualAnswers.add('resume');
    socket().receive('new-message', messageEvent('c', 8));
    const no = { ok: false, code: 'unavailable', error: 'Failed to resume', retryable: true };
    await socket().lastRequest('resume').answer(no);
    socket().receive('new-message', messageEvent('d', 9));
    await vi.advanceTimersByTimeAsync(1000);
    expect(socket().requestCount('resume')).toBe(2);
    await socket().lastRequest('resume').answer(no);
    socket().receive('room-availability', { roomId: 'ABC123', available: true });
    expect(socket().requestCount('resume')).toBe(3);
    await socket().lastRequest('resume').answer({ ok: true, epoch: 1, seq: 7, events: [['new-message', messageEvent('a', 6)], ['new-message', messageEvent('b', 7)]] }); // prettier-ignore
    expect(texts()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('an answer without events that were not meant for this client is complete', async () => {
    await enter();
    socket().manualAnswers.add('resume');
    socket().receive('stream-position', { roomId: 'ABC123', epoch: 1, seq: 9 });
    await socket().lastRequest('resume').answer({ ok: true, epoch: 1, seq: 9, events: [['new-message', messageEvent('a', 7)], ['new-message', messageEvent('b', 9)]] }); // prettier-ignore
    expect(texts()).toEqual(['a', 'b']);
    expect(socket().requestCount('resume')).toBe(1);
  });

  test('a stream position received while a gap is filled is checked afterwards', async () => {
    await enter();
    socket().manualAnswers.add('resume');
    socket().receive('new-message', messageEvent('b', 7));
    socket().receive('stream-position', { roomId: 'ABC123', epoch: 1, seq: 9 });
    await socket().lastRequest('resume').answer({ ok: true, epoch: 1, seq: 7, events: [['new-message', messageEvent('a', 6)], ['new-message', messageEvent('b', 7)]] }); // prettier-ignore
    expect(socket().requestCount('resume')).toBe(2);
    expect(socket().lastRequest('resume').payload).toMatchObject({ epoch: 1, seq: 7 });
  });

  test.each([
    [
      'the server does not know us',
      () => socket().lastRequest('resume').answer({ ok: false, code: 'not_authenticated', error: 'x' }),
    ],
    ['we are said to have left', async () => socket().receive('user-left', { userId: 'u1', epoch: 1, seq: 6 })],
  ])('%s: the client rejoins, and the room stays on the screen', async (_, how) => {
    await enter();
    socket().manualAnswers.add('resume').add('join-room');
    const joins = socket().requestCount('join-room');
    socket().receive('stream-position', { roomId: 'ABC123', epoch: 1, seq: 5 });
    if (_ === 'the server does not know us') socket().receive('stream-position', { roomId: 'ABC123', epoch: 1, seq: 9 });
    await how();
    expect(page.app.sessionState.value.phase).toBe('reconnecting');
    expect(socket().requestCount('join-room')).toBe(joins + 1);
    expect(socket().lastRequest('join-room').payload).toMatchObject({ roomId: 'ABC123', sessionToken: 'secret' });
    socket().receive('room-joined', joined({ epoch: 1, seq: 9 }));
    expect(page.app.connection.value).toBe('connected');
  });

  test('an unreadable answer is ignored', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await enter();
    socket().manualAnswers.add('resume');
    socket().receive('new-message', messageEvent('c', 8));
    await socket().lastRequest('resume').answer({ ok: true, epoch: 'x', events: 5 });
    socket().receive('new-message', messageEvent('d', 9));
    expect(socket().requestCount('resume')).toBe(2);
  });
});
