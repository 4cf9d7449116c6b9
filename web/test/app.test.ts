// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../src/app/app';
import { FakeSocket } from './support/fake-line';
import { aMessage, aRoom, aTimeline, aUser, joined } from './support/wire';

const wire = vi.hoisted(() => ({ sockets: [] as unknown[], options: null as unknown }));
vi.mock('socket.io-client', () => ({
  io: (options: unknown) => {
    const socket = new FakeSocket();
    wire.sockets.push(socket);
    wire.options = options;
    return socket;
  },
}));

let app: App;
const socket = () => wire.sockets.at(-1) as FakeSocket;
const settle = () => vi.advanceTimersByTimeAsync(0);

async function enter(): Promise<void> {
  app.session.join('ABC123', 'Ana');
  socket().accept();
  await settle();
  socket().tell('room-joined', joined({ epoch: 1, seq: 5, timeline: aTimeline({ item: 0, seq: 0 }) }));
  await settle();
}

const texts = () => app.chat.entries.value.flatMap((entry) => (entry.kind === 'message' ? [entry.message.message] : []));
const pending = () =>
  app.chat.entries.value.flatMap((entry) => (entry.kind === 'pending' ? [`${entry.text} (${entry.state})`] : []));
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const names = () => app.room.users.value.map((user) => user.name);
const message = (id: string, seq: number) => ({ message: aMessage({ id, message: id }), epoch: 1, seq });

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  history.replaceState(null, '', '/');
  sessionStorage.clear();
  localStorage.clear();
  wire.sockets.length = 0;
  // Every test has a page of its own: the address bar is read when the module is.
  app = (await import('../src/app/app')).createApp();
  return () => {
    vi.useRealTimers();
  };
});

describe('the line', () => {
  test('dials with the contract in hand: path, both transports, and a seat to resume', async () => {
    await enter();
    expect(wire.options).toMatchObject({ path: '/api/socket/io', transports: ['websocket', 'polling'] });
    const auth = vi.fn();
    (wire.options as { auth(give: unknown): void }).auth(auth);
    expect(auth).toHaveBeenCalledWith({ resume: true, sessionToken: 'secret', roomId: 'ABC123' });
  });

  test('on a steady line the clock is asked for with every other ping of the server', async () => {
    await enter();
    await vi.advanceTimersByTimeAsync(200_000);
    const before = socket().count('clock');
    for (let i = 0; i < 8; i++) {
      await vi.advanceTimersByTimeAsync(25_000);
      socket().ping();
    }
    expect(socket().count('clock')).toBe(before + 4);
  });

  test('a lost line is dialled again, later and later, and at once when the network is back', async () => {
    await enter();
    const before = socket().dials;
    socket().drop('transport close');
    expect(app.connection.value).toBe('returning');
    await vi.advanceTimersByTimeAsync(320);
    expect(socket().dials).toBe(before + 1);
    socket().refuse();
    await vi.advanceTimersByTimeAsync(300);
    expect(socket().dials).toBe(before + 1);
    window.dispatchEvent(new Event('online'));
    expect(socket().dials).toBe(before + 2);
    socket().accept();
    socket().tell('room-joined', joined({ resumed: true }));
    expect(app.connection.value).toBe('fine');
  });

  test('a first try that starved is followed by one with the other transport first; one that failed at once had tried both', async () => {
    await enter();
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(300);
    socket().refuse('timeout');
    expect(socket().io.opts.transports).toEqual(['polling', 'websocket']);
    await vi.advanceTimersByTimeAsync(1000);
    socket().refuse();
    expect(socket().io.opts.transports).toEqual(['polling', 'websocket']);
  });

  test('opened, and ended before it stood: the other transport, as for polling behind a proxy that spreads requests', async () => {
    await enter();
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(300);
    const dials = socket().dials;
    socket().drop('transport error');
    expect(socket().io.opts.transports).toEqual(['polling', 'websocket']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(socket().dials).toBe(dials + 1);
  });

  test('opened, and never answered: given up and dialled again', async () => {
    await enter();
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(300);
    const dials = socket().dials;
    await vi.advanceTimersByTimeAsync(13_000);
    expect(socket().dials).toBe(dials + 1);
  });

  test.each([0, 0.5, 0.999])('after a line that stood the first try comes within 300 ms, by chance (%d)', async (luck) => {
    await enter();
    await vi.advanceTimersByTimeAsync(5000);
    vi.spyOn(Math, 'random').mockReturnValue(luck);
    const before = socket().dials;
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(Math.max(0, luck * 300 - 10));
    expect(socket().dials).toBe(luck === 0 ? before + 1 : before);
    await vi.advanceTimersByTimeAsync(20);
    expect(socket().dials).toBe(before + 1);
  });

  test.each(['transport close', 'io server disconnect'])(
    'three servers in a row that go after a second (%s): never refused',
    async (how) => {
      await enter();
      for (let i = 0; i < 12; i++) {
        socket().drop(how);
        expect(app.stage.value.at).toBe('returning');
        await vi.advanceTimersByTimeAsync(2000);
        socket().accept();
        socket().tell('room-joined', joined({ resumed: true, epoch: 1, seq: 6 + i }));
        await vi.advanceTimersByTimeAsync(1000);
        expect(app.connection.value).toBe('fine');
      }
    },
  );

  test('a proxy without a server behind it for a minute: dialled all the while, and never refused', async () => {
    await enter();
    const before = socket().dials;
    socket().drop('transport close');
    for (let ms = 0; ms < 60_000; ms += 1000) {
      await vi.advanceTimersByTimeAsync(1000);
      socket().refuse();
    }
    expect(app.stage.value.at).toBe('returning');
    expect(socket().dials).toBeGreaterThan(before + 11);
    await vi.advanceTimersByTimeAsync(5000);
    socket().accept();
    socket().tell('room-joined', joined({ resumed: true }));
    expect(app.connection.value).toBe('fine');
  });

  test('RL2 hung up without a word: who has a seat asks on, for longer than a dead server is counted', async () => {
    await enter();
    socket().drop('transport close');
    const hangUp = async () => {
      await vi.advanceTimersByTimeAsync(5000);
      socket().accept();
      socket().drop('io server disconnect');
    };
    for (let i = 0; i < 17; i++) await hangUp();
    expect(app.stage.value.at).toBe('returning');
    for (let i = 0; i < 3; i++) await hangUp();
    expect(app.stage.value.at).toBe('refused');
  });

  test('offline is said as long as it lasts', async () => {
    await enter();
    window.dispatchEvent(new Event('offline'));
    expect(app.connection.value).toBe('offline');
    window.dispatchEvent(new Event('online'));
    expect(app.connection.value).toBe('fine');
  });

  test('RL2 a server that hangs up at once is not dialled for ever', async () => {
    app.session.join('ABC123', 'Ana');
    socket().held.add('join-room').add('clock');
    for (let i = 0; i < 3; i++) {
      expect(app.stage.value.at).toBe('entering');
      socket().accept();
      socket().drop('io server disconnect');
      if (i < 2) await vi.advanceTimersByTimeAsync(1000);
    }
    const before = socket().dials;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(app.stage.value).toEqual({ at: 'refused', roomId: 'ABC123' });
    expect(socket().dials).toBe(before);
    app.session.again();
    expect(app.stage.value.at).toBe('entering');
    expect(wire.sockets).toHaveLength(2);
    expect(socket().dials).toBe(1);
  });

  test('a line that is dead without knowing is hung up and dialled again', async () => {
    await enter();
    socket().held.add('clock');
    const before = socket().dials;
    await vi.advanceTimersByTimeAsync(40_000);
    expect(socket().dials).toBeGreaterThan(before);
  });

  test('a malformed message is ignored and said in the log', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await enter();
    socket().tell('new-message', { message: { id: 5 }, epoch: 1, seq: 6 });
    socket().tell('user-left', null);
    socket().tell('timeline', { phase: 'flying' });
    expect(warn).toHaveBeenCalledTimes(3);
    expect(app.stage.value.at).toBe('inside');
    expect(names()).toEqual(['Ana']);
  });
});

describe('SQ1, SQ2 the stream of a room', () => {
  test('a duplicate changes nothing', async () => {
    await enter();
    socket().tell('new-message', message('a', 6));
    socket().tell('new-message', message('a', 6));
    socket().tell('user-joined', { user: aUser({ id: 'u2', name: 'Ben' }), epoch: 1, seq: 4 });
    expect(texts()).toEqual(['a']);
    expect(names()).toEqual(['Ana']);
  });

  test('a hole is asked for, filled in order, and what came meanwhile follows', async () => {
    await enter();
    socket().held.add('resume');
    socket().tell('new-message', message('c', 8));
    socket().tell('new-message', message('d', 9));
    expect(texts()).toEqual([]);
    expect(socket().count('resume')).toBe(1);
    expect(socket().last('resume').payload).toEqual({ roomId: 'ABC123', epoch: 1, seq: 5 });
    await socket()
      .last('resume')
      .answer({ ok: true, epoch: 1, seq: 8, events: [['new-message', message('a', 6)], ['new-message', message('b', 7)], ['new-message', message('c', 8)]] }); // prettier-ignore
    expect(texts()).toEqual(['a', 'b', 'c', 'd']);
    socket().tell('new-message', message('e', 10));
    expect(texts()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(socket().count('resume')).toBe(1);
  });

  test('a hole too old to fill brings the whole room', async () => {
    await enter();
    socket().held.add('resume');
    socket().tell('new-message', message('z', 90));
    const users = [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Ben' })];
    const snapshot = {
      room: aRoom({ users }),
      messages: [aMessage({ id: 'y', message: 'y' }), aMessage({ id: 'z', message: 'z' })],
      timeline: aTimeline({ epoch: 1, seq: 80, position: 33 }),
    };
    await socket().last('resume').answer({ ok: true, epoch: 1, seq: 90, snapshot });
    expect(texts()).toEqual(['y', 'z']);
    expect(names()).toEqual(['Ana', 'Ben']);
    expect(app.room.timeline.value?.position).toBe(33);
    socket().tell('new-message', message('next', 91));
    expect(texts()).toEqual(['y', 'z', 'next']);
  });

  test('the clock tells of a hole that no event has shown', async () => {
    await enter();
    socket().held.add('clock');
    await vi.advanceTimersByTimeAsync(60);
    const t1 = socket().last('clock').payload['t1'];
    await socket().last('clock').answer({ ok: true, t1, t2: 1, t3: 1, clockEpoch: 1, epoch: 1, seq: 7 });
    await vi.advanceTimersByTimeAsync(700);
    expect(socket().count('resume')).toBe(1);
  });

  test('an event that only arrives later than the clock is no hole', async () => {
    await enter();
    socket().held.add('clock');
    await vi.advanceTimersByTimeAsync(60);
    const t1 = socket().last('clock').payload['t1'];
    await socket().last('clock').answer({ ok: true, t1, t2: 1, t3: 1, clockEpoch: 1, epoch: 1, seq: 6 });
    socket().tell('new-message', message('a', 6));
    await vi.advanceTimersByTimeAsync(700);
    expect(socket().count('resume')).toBe(0);
  });

  test('a position that is not ours is asked about, ahead or behind; our own is not', async () => {
    await enter();
    socket().tell('stream-position', { roomId: 'ABC123', epoch: 1, seq: 5 });
    socket().tell('stream-position', { roomId: 'OTHER1', epoch: 1, seq: 9 });
    expect(socket().count('resume')).toBe(0);
    socket().held.add('resume');
    socket().tell('stream-position', { roomId: 'ABC123', epoch: 1, seq: 7 });
    expect(socket().last('resume').payload).toEqual({ roomId: 'ABC123', epoch: 1, seq: 5 });
    await socket().last('resume').answer({ ok: true, epoch: 1, seq: 7, events: [['new-message', message('a', 6)], ['new-message', message('b', 7)]] }); // prettier-ignore
    expect(texts()).toEqual(['a', 'b']);
    const snapshot = {
      room: aRoom(),
      messages: [aMessage({ id: 'a', message: 'a' })],
      timeline: aTimeline({ epoch: 1, seq: 2 }),
    };
    socket().tell('stream-position', { roomId: 'ABC123', epoch: 1, seq: 6 });
    expect(socket().count('resume')).toBe(2);
    await socket().last('resume').answer({ ok: true, epoch: 1, seq: 6, snapshot });
    socket().tell('new-message', message('c', 7));
    expect(texts()).toEqual(['a', 'b', 'c']);
    expect(socket().count('resume')).toBe(2);
  });

  test('another life of the room comes as a snapshot: the film, the chat and who one is stay', async () => {
    await enter();
    const film = { videoUrl: 'https://films.example/a.mp4', videoType: 'video' };
    socket().tell('room-joined', joined({ room: aRoom(film), timeline: aTimeline({ seq: 5, position: 9 }), seq: 5 }));
    socket().tell('new-message', message('a', 6));
    const [filmBefore, entryBefore] = [app.room.film.value, app.chat.entries.value[0]];
    socket().held.add('resume');
    socket().tell('stream-position', { roomId: 'ABC123', epoch: 1_700_000_000_000, seq: 3 });
    const told = aTimeline({ epoch: 1_700_000_000_000, seq: 3, position: 9 });
    const snapshot = { room: aRoom(film), messages: [aMessage({ id: 'a', message: 'a' })], timeline: told };
    await socket().last('resume').answer({ ok: true, epoch: 1_700_000_000_000, seq: 3, snapshot });
    expect(app.room.film.value).toBe(filmBefore);
    expect(app.chat.entries.value[0]).toBe(entryBefore);
    expect(app.room.timeline.value?.epoch).toBe(1_700_000_000_000);
    socket().tell('new-message', { ...message('b', 4), epoch: 1_700_000_000_000 });
    expect(texts()).toEqual(['a', 'b']);
    expect(app.room.me.value?.name).toBe('Ana');
  });

  test('after a lost line another life of the room is taken as it is, smaller numbers and all', async () => {
    await enter();
    socket().tell('new-message', message('a', 6));
    socket().drop('transport close');
    await vi.advanceTimersByTimeAsync(400);
    socket().accept();
    const timeline = aTimeline({ epoch: 77, seq: 1, position: 3 });
    socket().tell('room-joined', joined({ resumed: true, epoch: 77, seq: 2, timeline, messages: [aMessage({ id: 'a', message: 'a' })] })); // prettier-ignore
    socket().tell('new-message', { ...message('b', 3), epoch: 77 });
    expect(texts()).toEqual(['a', 'b']);
    expect(app.room.timeline.value?.position).toBe(3);
    expect(socket().count('resume')).toBe(0);
  });

  test('a hole that cannot be filled now is asked for again, and nothing that came meanwhile is lost', async () => {
    await enter();
    socket().held.add('resume');
    socket().tell('new-message', message('c', 8));
    const no = { ok: false, code: 'unavailable', error: 'Failed to resume', retryable: true };
    await socket().last('resume').answer(no);
    socket().tell('new-message', message('d', 9));
    await vi.advanceTimersByTimeAsync(1000);
    expect(socket().count('resume')).toBe(2);
    await socket().last('resume').answer(no);
    socket().tell('room-availability', { roomId: 'ABC123', available: true });
    expect(socket().count('resume')).toBe(3);
    await socket().last('resume').answer({ ok: true, epoch: 1, seq: 7, events: [['new-message', message('a', 6)], ['new-message', message('b', 7)]] }); // prettier-ignore
    expect(texts()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('the answer leaves out what was not meant for us: what follows it counts all the same', async () => {
    await enter();
    socket().held.add('resume');
    socket().tell('stream-position', { roomId: 'ABC123', epoch: 1, seq: 9 });
    await socket().last('resume').answer({ ok: true, epoch: 1, seq: 9, events: [['new-message', message('a', 7)], ['new-message', message('b', 9)]] }); // prettier-ignore
    expect(texts()).toEqual(['a', 'b']);
    expect(socket().count('resume')).toBe(1);
  });

  test('a position that is told while a hole is filled is looked at afterwards', async () => {
    await enter();
    socket().held.add('resume');
    socket().tell('new-message', message('b', 7));
    socket().tell('stream-position', { roomId: 'ABC123', epoch: 1, seq: 9 });
    await socket().last('resume').answer({ ok: true, epoch: 1, seq: 7, events: [['new-message', message('a', 6)], ['new-message', message('b', 7)]] }); // prettier-ignore
    expect(socket().count('resume')).toBe(2);
    expect(socket().last('resume').payload).toMatchObject({ epoch: 1, seq: 7 });
  });

  test.each([
    ['the server does not know us', () => socket().last('resume').answer({ ok: false, code: 'not_authenticated', error: 'x' })],
    ['we are said to have left', async () => socket().tell('user-left', { userId: 'u1', epoch: 1, seq: 6 })],
  ])('%s: the seat is taken again, and the room stays on the screen', async (_, how) => {
    await enter();
    socket().held.add('resume').add('join-room');
    const joins = socket().count('join-room');
    socket().tell('stream-position', { roomId: 'ABC123', epoch: 1, seq: 5 });
    if (_ === 'the server does not know us') socket().tell('stream-position', { roomId: 'ABC123', epoch: 1, seq: 9 });
    await how();
    expect(app.stage.value.at).toBe('returning');
    expect(socket().count('join-room')).toBe(joins + 1);
    expect(socket().last('join-room').payload).toMatchObject({ roomId: 'ABC123', sessionToken: 'secret' });
    socket().tell('room-joined', joined({ epoch: 1, seq: 9 }));
    expect(app.connection.value).toBe('fine');
  });

  test('an answer that cannot be read breaks nothing', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await enter();
    socket().held.add('resume');
    socket().tell('new-message', message('c', 8));
    await socket().last('resume').answer({ ok: true, epoch: 'x', events: 5 });
    socket().tell('new-message', message('d', 9));
    expect(socket().count('resume')).toBe(2);
  });
});

describe('messages', () => {
  test('sent, acknowledged, echoed: once on the screen', async () => {
    await enter();
    socket().held.add('send-message');
    app.talk.say('  hello ');
    const { payload } = socket().last('send-message');
    expect(payload).toEqual({ roomId: 'ABC123', message: 'hello', messageId: expect.stringMatching(UUID) });
    const id = String(payload['messageId']);
    await socket().last('send-message').answer({ ok: true, messageId: id, epoch: 1, seq: 6 });
    socket().tell('new-message', { message: aMessage({ id, userId: 'u1', message: 'hello' }), epoch: 1, seq: 6 });
    expect(texts()).toEqual(['hello']);
    expect(app.chat.entries.value).toHaveLength(1);
  });

  test('written without a line: kept, and sent when it is back, in order and one at a time', async () => {
    await enter();
    socket().drop('transport close');
    app.talk.say('into the dark');
    app.talk.say('and again');
    expect(pending()).toEqual(['into the dark (waiting)', 'and again (waiting)']);
    socket().held.add('send-message');
    socket().accept();
    socket().tell('room-joined', joined({ resumed: true, epoch: 1, seq: 6 }));
    expect(socket().count('send-message')).toBe(1);
    expect(socket().last('send-message').payload['message']).toBe('into the dark');
    await socket()
      .last('send-message')
      .answer({ ok: true, messageId: socket().last('send-message').payload['messageId'] });
    expect(socket().last('send-message').payload['message']).toBe('and again');
    await socket()
      .last('send-message')
      .answer({ ok: true, messageId: socket().last('send-message').payload['messageId'] });
    expect(pending()).toEqual(['into the dark (said)', 'and again (said)']);
  });

  test('the answer was lost, the message was not: it is there once, and not sent again', async () => {
    await enter();
    socket().held.add('send-message');
    app.talk.say('hello');
    const id = String(socket().last('send-message').payload['messageId']);
    socket().drop('transport close');
    await settle();
    expect(pending()).toEqual(['hello (waiting)']);
    socket().accept();
    const mine = aMessage({ id, userId: 'u1', message: 'hello' });
    socket().tell('room-joined', joined({ resumed: true, epoch: 1, seq: 7, messages: [mine] }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([texts(), pending()]).toEqual([['hello'], []]);
    expect(socket().count('send-message')).toBe(1);
  });

  test('ack, echo and snapshot may all bring it: once on the screen', async () => {
    await enter();
    socket().held.add('send-message').add('resume');
    app.talk.say('hello');
    const id = String(socket().last('send-message').payload['messageId']);
    const mine = aMessage({ id, userId: 'u1', message: 'hello' });
    socket().tell('new-message', { message: mine, epoch: 1, seq: 6 });
    await socket().last('send-message').answer({ ok: true, messageId: id, epoch: 1, seq: 6 });
    socket().tell('stream-position', { roomId: 'ABC123', epoch: 2, seq: 1 });
    const snapshot = { room: aRoom(), messages: [mine], timeline: aTimeline({ epoch: 2 }) };
    await socket().last('resume').answer({ ok: true, epoch: 2, seq: 1, snapshot });
    expect([texts(), pending()]).toEqual([['hello'], []]);
  });

  test.each(['unavailable', 'internal', 'rate_limited'])(
    '%s: sent again with the same id, later and later, until it is said',
    async (code) => {
      await enter();
      socket().held.add('send-message');
      app.talk.say('hello');
      const id = socket().last('send-message').payload['messageId'];
      const waits: number[] = [];
      for (let tries = 1; tries <= 3; tries++) {
        await socket().last('send-message').answer({ ok: false, code, error: 'Failed', retryable: true });
        expect(pending()).toEqual(['hello (waiting)']);
        const since = Date.now();
        while (socket().count('send-message') === tries) await vi.advanceTimersByTimeAsync(10);
        waits.push(Date.now() - since);
        expect(socket().last('send-message').payload).toEqual({ roomId: 'ABC123', message: 'hello', messageId: id });
      }
      expect(waits[0]).toBeGreaterThan(300);
      expect(waits[2]).toBeGreaterThan(waits[0]!);
      await socket().last('send-message').answer({ ok: true, messageId: id });
      expect(pending()).toEqual(['hello (said)']);
    },
  );

  test('the room is away: the next try comes as soon as it is back', async () => {
    await enter();
    socket().held.add('send-message');
    app.talk.say('hello');
    socket().tell('room-availability', { roomId: 'ABC123', available: false });
    const no = { ok: false, code: 'unavailable', error: 'Failed to send message', retryable: true };
    for (let i = 0; i < 4; i++) {
      await socket().last('send-message').answer(no);
      await vi.advanceTimersByTimeAsync(i < 3 ? 8000 : 100);
    }
    const before = socket().count('send-message');
    socket().tell('room-availability', { roomId: 'ABC123', available: true });
    expect(socket().count('send-message')).toBe(before + 1);
  });

  test('refused for good: kept with its reason, not sent again by itself, and nothing waits behind it', async () => {
    await enter();
    socket().held.add('send-message');
    app.talk.say('hello');
    app.talk.say('world');
    await socket().last('send-message').answer({ ok: false, code: 'invalid_data', error: 'Too big.', retryable: false });
    expect(pending()).toEqual(['hello (failed)', 'world (sending)']);
    expect(socket().last('send-message').payload['message']).toBe('world');
    await socket()
      .last('send-message')
      .answer({ ok: true, messageId: socket().last('send-message').payload['messageId'] });
    socket().tell('room-joined', joined({ epoch: 1, seq: 7 }));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(socket().count('send-message')).toBe(2);
    app.talk.again(app.chat.entries.value[0]!.key);
    expect(socket().last('send-message').payload['message']).toBe('hello');
  });

  test('a server that fails over the same message again and again is left alone with it', async () => {
    await enter();
    socket().held.add('send-message');
    app.talk.say('hello');
    for (let i = 0; i < 5; i++) {
      await socket().last('send-message').answer({ ok: false, code: 'internal', error: 'Failed.', retryable: true });
      await vi.advanceTimersByTimeAsync(6000);
    }
    expect(pending()).toEqual(['hello (failed)']);
    expect(socket().count('send-message')).toBe(5);
  });

  test('a server that does not know us gets our seat back first, then the message', async () => {
    await enter();
    socket().held.add('send-message').add('join-room');
    app.talk.say('hello');
    await socket().last('send-message').answer({ ok: false, code: 'not_authenticated', error: 'Not authenticated' });
    expect(app.stage.value.at).toBe('returning');
    expect(pending()).toEqual(['hello (waiting)']);
    await vi.advanceTimersByTimeAsync(3000);
    expect(socket().count('send-message')).toBe(1);
    socket().tell('room-joined', joined({ epoch: 1, seq: 6 }));
    expect(socket().count('send-message')).toBe(2);
  });

  test('what takes long says so, what is quick does not', async () => {
    await enter();
    socket().held.add('send-message');
    app.talk.say('hello');
    expect(pending()).toEqual(['hello (sending)']);
    await vi.advanceTimersByTimeAsync(800);
    expect(pending()).toEqual(['hello (slow)']);
  });

  test('a reload of the page loses nothing that was not sent, and says nothing twice', async () => {
    await enter();
    socket().drop('transport close');
    app.talk.say('said before the reload');
    app.talk.say('never sent');
    const [first] = app.chat.entries.value;
    const id = first?.kind === 'pending' ? first.id : '';
    vi.resetModules();
    app = (await import('../src/app/app')).createApp();
    app.session.join('ABC123', 'Ana');
    socket().accept();
    const mine = aMessage({ id, userId: 'u1', message: 'said before the reload' });
    socket().tell('room-joined', joined({ epoch: 1, seq: 6, messages: [mine] }));
    await settle();
    expect(socket().count('send-message')).toBe(1);
    expect(socket().last('send-message').payload['message']).toBe('never sent');
    expect(texts()).toEqual(['said before the reload']);
  });

  test('what was not sent is given up with the room, and is no other room’s', async () => {
    await enter();
    socket().drop('transport close');
    app.talk.say('into the dark');
    expect(sessionStorage.getItem('wnc.unsent')).toContain('into the dark');
    app.session.leave();
    expect(sessionStorage.getItem('wnc.unsent')).toBeNull();
    await enter();
    expect(pending()).toEqual([]);
  });

  test('writing is told at the first key, again while it lasts, and its end', async () => {
    await enter();
    const typing = () => socket().sent.map((one) => one.name).filter((name) => name.startsWith('typing')); // prettier-ignore
    app.talk.typed(false);
    app.talk.typed(false);
    expect(typing()).toEqual(['typing-start']);
    await vi.advanceTimersByTimeAsync(2600);
    app.talk.typed(false);
    expect(typing()).toEqual(['typing-start', 'typing-start']);
    await vi.advanceTimersByTimeAsync(4100);
    expect(typing()).toEqual(['typing-start', 'typing-start', 'typing-stop']);
    app.talk.typed(true);
    expect(typing()).toHaveLength(3);
  });
});

describe('the remote', () => {
  const withFilm = { videoUrl: 'https://films.example/a.mp4', videoType: 'video' };

  test('a guest presses in vain: nothing is sent, and who holds the remote is said', async () => {
    await enter();
    socket().tell(
      'room-joined',
      joined({ room: aRoom({ ...withFilm, users: [aUser({ id: 'u2', name: 'Ben', isHost: true }), aUser()] }), user: aUser() }),
    );
    app.remote.toggle();
    await app.remote.seek(30);
    expect(socket().asked.filter((one) => one.name.endsWith('-video'))).toEqual([]);
    expect(app.toasts.current.value?.text).toBe('Ben holds the remote');
  });

  test('a host plays, pauses with the moment of the press, and seeks', async () => {
    await enter();
    socket().tell('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline({ position: 12 }) }));
    await vi.advanceTimersByTimeAsync(200);
    app.remote.toggle();
    expect(app.remote.running.value).toBe(true);
    expect(socket().last('play-video').payload).toMatchObject({ roomId: 'ABC123', currentTime: 12 });
    socket().tell('timeline', aTimeline({ seq: 6, phase: 'playing', position: 12, at: performance.now() + 1e6 }));
    app.remote.toggle();
    expect(app.remote.running.value).toBe(false);
    expect(socket().last('pause-video').payload['pressedAt']).toBeCloseTo(performance.now() + 1e6, -2);
    await app.remote.seek(-5);
    expect(socket().last('seek-video').payload['currentTime']).toBe(0);
  });

  test('skips in a row add up, answered or not', async () => {
    await enter();
    socket().tell('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline({ position: 12 }) }));
    socket().held.add('seek-video');
    const seeks = () => socket().asked.filter((one) => one.name === 'seek-video').map((one) => one.payload['currentTime']); // prettier-ignore
    for (let i = 0; i < 3; i++) void app.remote.skip(10);
    expect(seeks()).toEqual([22, 32, 42]);
    for (const asked of socket().asked.filter((one) => one.name === 'seek-video'))
      await asked.answer({ ok: true, epoch: 1, seq: 2 });
    await settle();
    // The answer is here, the timeline is not yet.
    void app.remote.skip(10);
    expect(seeks().at(-1)).toBe(52);
    await socket().last('seek-video').answer({ ok: true, epoch: 1, seq: 3 });
    socket().tell('timeline', aTimeline({ seq: 2, position: 42 }));
    socket().tell('timeline', aTimeline({ seq: 3, position: 50 }));
    await settle();
    void app.remote.skip(-10);
    expect(seeks().at(-1)).toBe(40);
    await socket().last('seek-video').answer({ ok: false, code: 'rate_limited', error: 'Slow down.', retryable: true });
    void app.remote.skip(-10);
    expect(seeks().at(-1)).toBe(40);
  });

  test('a refused command is taken back and explained', async () => {
    await enter();
    socket().tell('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline() }));
    socket().held.add('play-video');
    app.remote.toggle();
    expect(app.remote.running.value).toBe(true);
    await socket()
      .last('play-video')
      .answer({ ok: false, code: 'not_host', error: 'Only hosts can control the video', retryable: false });
    expect(app.remote.running.value).toBe(false);
    expect(app.toasts.current.value?.text).toMatch(/holds the remote/);
  });

  test('a room that waits runs: pause stops it, and a host may go on without the late ones', async () => {
    await enter();
    const at = { epoch: 1, seq: 6, position: 40, phase: 'preparing' as const };
    socket().tell('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline(at), epoch: 1, seq: 6 }));
    expect(app.remote.running.value).toBe(false);
    const waiting = { reason: 'seek' as const, for: ['u2'], until: 5000 };
    socket().tell('timeline', aTimeline({ ...at, seq: 7, resume: true, waiting }));
    expect(app.remote.running.value).toBe(true);
    await app.remote.goOn();
    expect(socket().last('play-video').payload).toEqual({ roomId: 'ABC123', currentTime: 40 });
    app.remote.toggle();
    expect(socket().count('pause-video')).toBe(1);
    socket().tell('timeline', aTimeline({ ...at, seq: 8, phase: 'paused' }));
    await app.remote.goOn();
    expect(socket().count('play-video')).toBe(1);
  });

  test('speed and waiting are the room’s: asked of the server, explained when refused', async () => {
    await enter();
    socket().tell('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline() }));
    await app.remote.setRate(1.25);
    expect(socket().last('set-rate').payload).toEqual({ roomId: 'ABC123', rate: 1.25 });
    await app.remote.setWaiting('everyone', 10);
    expect(socket().last('set-waiting').payload).toEqual({ roomId: 'ABC123', mode: 'everyone', seconds: 10 });
    await app.remote.setWaiting('never');
    expect(socket().last('set-waiting').payload).toEqual({ roomId: 'ABC123', mode: 'never' });
    socket().held.add('set-waiting');
    const asked = app.remote.setWaiting('never');
    const no = { ok: false, code: 'internal', error: 'Failed to set waiting', retryable: true };
    await socket().last('set-waiting').answer(no);
    await asked;
    expect(app.toasts.current.value?.text).toBe('Failed to set waiting');
  });

  test('a guest sets neither', async () => {
    await enter();
    const users = [aUser({ id: 'u2', name: 'Ben', isHost: true }), aUser()];
    socket().tell('room-joined', joined({ room: aRoom({ ...withFilm, users }), user: aUser(), timeline: aTimeline() }));
    await app.remote.setRate(2);
    await app.remote.setWaiting('everyone', 5);
    await app.remote.goOn();
    expect(socket().asked.filter((one) => /^set-|^play-/.test(one.name))).toEqual([]);
    expect(app.toasts.current.value?.text).toBe('Ben holds the remote');
  });

  test('a bad link never leaves the page', async () => {
    await enter();
    expect(await app.remote.setVideo('javascript:alert(1)')).toMatch(/\w/);
    expect(await app.remote.setVideo('')).toBe('Paste a link first.');
    expect(socket().count('set-video')).toBe(0);
  });
});

describe('a room that is away', () => {
  const withFilm = { videoUrl: 'https://films.example/a.mp4', videoType: 'video' };
  const away = (available: boolean, roomId = 'ABC123') => socket().tell('room-availability', { roomId, available });

  async function inFilm(): Promise<void> {
    await enter();
    const timeline = aTimeline({ seq: 5, phase: 'playing', at: performance.now() + 1e6 });
    socket().tell('room-joined', joined({ room: aRoom(withFilm), timeline, epoch: 1, seq: 5 }));
  }

  test('is said after half a second, and that it is back, for a moment', async () => {
    await enter();
    away(false, 'OTHER1');
    expect(app.connection.value).toBe('fine');
    away(false);
    expect([app.connection.value, app.banner.value]).toEqual(['away', 'none']);
    await vi.advanceTimersByTimeAsync(600);
    expect(app.banner.value).toBe('returning');
    away(true);
    expect(app.connection.value).toBe('fine');
    await vi.advanceTimersByTimeAsync(200);
    expect(app.banner.value).toBe('back');
    await vi.advanceTimersByTimeAsync(3000);
    expect(app.banner.value).toBe('none');
  });

  test('for a moment only is not worth a word', async () => {
    await enter();
    away(false);
    await vi.advanceTimersByTimeAsync(300);
    away(true);
    await vi.advanceTimersByTimeAsync(3000);
    expect(app.banner.value).toBe('none');
  });

  test('then the line as well: one banner, until both are back', async () => {
    await enter();
    away(false);
    await vi.advanceTimersByTimeAsync(600);
    socket().drop('transport close');
    expect([app.connection.value, app.banner.value]).toEqual(['returning', 'returning']);
    await vi.advanceTimersByTimeAsync(400);
    socket().accept();
    socket().tell('room-joined', joined({ resumed: true, epoch: 1, seq: 5 }));
    away(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect([app.connection.value, app.banner.value]).toEqual(['away', 'returning']);
    away(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(app.banner.value).toBe('back');
  });

  test('refuses what needs it, in one kind word however often it is pressed, and the film runs on', async () => {
    await inFilm();
    away(false);
    const before = app.room.timeline.value;
    app.remote.toggle();
    const first = app.toasts.current.value;
    expect(first?.text).toBe('One moment, still reconnecting to the room.');
    for (let i = 0; i < 5; i++) app.remote.toggle();
    await app.remote.seek(30);
    await app.remote.setRate(2);
    await app.remote.setWaiting('never');
    await app.remote.promote('u2');
    app.remote.foreign('pause', 3);
    expect(await app.remote.setVideo('https://films.example/b.mp4')).toBe(first!.text);
    expect(socket().asked.filter((one) => /-video$|^set-|^promote/.test(one.name))).toEqual([]);
    expect(app.toasts.current.value).toBe(first);
    expect(app.room.timeline.value).toBe(before);
    expect(app.remote.running.value).toBe(true);
    away(true);
    expect(app.toasts.current.value).toBeNull();
    app.remote.toggle();
    expect(socket().count('pause-video')).toBe(1);
  });

  test('is not known to be away yet: the refusal of the server is put kindly too', async () => {
    await inFilm();
    socket().held.add('pause-video');
    app.remote.toggle();
    const no = { ok: false, code: 'unavailable', error: 'Failed to pause video', retryable: true };
    await socket().last('pause-video').answer(no);
    expect(app.toasts.current.value?.text).toBe('One moment, still reconnecting to the room.');
    expect(app.remote.running.value).toBe(true);
  });

  test('a server that has gone for a minute: room, film and chat stay as they are', async () => {
    await inFilm();
    socket().tell('new-message', message('a', 6));
    const [timeline, film] = [app.room.timeline.value, app.room.film.value];
    socket().drop('transport close');
    for (let s = 0; s < 60; s++) {
      await vi.advanceTimersByTimeAsync(1000);
      socket().refuse();
    }
    expect(app.stage.value).toEqual({ at: 'returning', roomId: 'ABC123' });
    expect([app.room.timeline.value, app.room.film.value]).toEqual([timeline, film]);
    expect(texts()).toEqual(['a']);
    expect(app.theatre.nowAt()).toBeGreaterThan(55);
  });
});
