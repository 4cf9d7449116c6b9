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

  test('a try that failed is followed by one with the other transport first', async () => {
    await enter();
    socket().drop('transport close');
    socket().refuse();
    expect(socket().io.opts.transports).toEqual(['polling', 'websocket']);
    socket().refuse();
    expect(socket().io.opts.transports).toEqual(['websocket', 'polling']);
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
    socket().accept();
    const before = socket().dials;
    socket().drop('io server disconnect');
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
    expect(socket().last('send-message').payload).toEqual({ roomId: 'ABC123', message: 'hello' });
    await socket().last('send-message').answer({ ok: true, messageId: 'm9', epoch: 1, seq: 6 });
    socket().tell('new-message', { message: aMessage({ id: 'm9', userId: 'u1', message: 'hello' }), epoch: 1, seq: 6 });
    expect(texts()).toEqual(['hello']);
    expect(app.chat.entries.value).toHaveLength(1);
  });

  test('written without a line: kept, and sent when it is back', async () => {
    await enter();
    socket().drop('transport close');
    app.talk.say('into the dark');
    await settle();
    expect(app.chat.entries.value.at(-1)).toMatchObject({ kind: 'pending', state: 'failed' });
    socket().accept();
    socket().tell('room-joined', joined({ resumed: true, epoch: 1, seq: 6 }));
    await settle();
    expect(socket().last('send-message').payload['message']).toBe('into the dark');
    expect(app.chat.entries.value.filter((entry) => entry.kind === 'pending' && entry.state === 'failed')).toEqual([]);
  });

  test('refused by the server: kept with its reason, and not sent again by itself', async () => {
    await enter();
    socket().held.add('send-message');
    app.talk.say('hello');
    await socket().last('send-message').answer({ ok: false, code: 'rate_limited', error: 'Please slow down.', retryable: true });
    expect(app.chat.entries.value.at(-1)).toMatchObject({ state: 'failed', problem: 'Please slow down.' });
    app.talk.lineBack();
    expect(socket().count('send-message')).toBe(1);
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
