// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createAppHarness } from './support/app-harness';
import { aRoom, aTimeline, aUser, joined } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createAppHarness();
const { socket, settle, enter } = page;

beforeEach(page.fresh);

describe('room controls', () => {
  const withFilm = { videoUrl: 'https://films.example/a.mp4', videoType: 'video' };

  test("a guest's command is not sent, and shows who holds the remote", async () => {
    await enter();
    socket().receive(
      'room-joined',
      joined({ room: aRoom({ ...withFilm, users: [aUser({ id: 'u2', name: 'Ben', isHost: true }), aUser()] }), user: aUser() }),
    );
    page.app.controls.toggle();
    await page.app.controls.seek(30);
    expect(socket().requests.filter((one) => one.name.endsWith('-video'))).toEqual([]);
    expect(page.app.toasts.current.value?.text).toBe('Ben holds the remote');
  });

  test('a host plays, pauses with the time of the press, and seeks', async () => {
    await enter();
    socket().receive('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline({ position: 12 }) }));
    await vi.advanceTimersByTimeAsync(200);
    page.app.controls.toggle();
    expect(page.app.controls.running.value).toBe(true);
    expect(socket().lastRequest('play-video').payload).toMatchObject({ roomId: 'ABC123', currentTime: 12 });
    socket().receive('timeline', aTimeline({ seq: 6, phase: 'playing', position: 12, at: performance.now() + 1e6 }));
    page.app.controls.toggle();
    expect(page.app.controls.running.value).toBe(false);
    expect(socket().lastRequest('pause-video').payload['pressedAt']).toBeCloseTo(performance.now() + 1e6, -2);
    await page.app.controls.seek(-5);
    expect(socket().lastRequest('seek-video').payload['currentTime']).toBe(0);
  });

  test('repeated skips add up, answered or not', async () => {
    await enter();
    socket().receive('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline({ position: 12 }) }));
    socket().manualAnswers.add('seek-video');
    const seeks = () => socket().requests.filter((one) => one.name === 'seek-video').map((one) => one.payload['currentTime']); // prettier-ignore
    for (let i = 0; i < 3; i++) void page.app.controls.skip(10);
    expect(seeks()).toEqual([22, 32, 42]);
    for (const asked of socket().requests.filter((one) => one.name === 'seek-video'))
      await asked.answer({ ok: true, epoch: 1, seq: 2 });
    await settle();
    // The answer has arrived, the timeline has not.
    void page.app.controls.skip(10);
    expect(seeks().at(-1)).toBe(52);
    await socket().lastRequest('seek-video').answer({ ok: true, epoch: 1, seq: 3 });
    socket().receive('timeline', aTimeline({ seq: 2, position: 42 }));
    socket().receive('timeline', aTimeline({ seq: 3, position: 50 }));
    await settle();
    void page.app.controls.skip(-10);
    expect(seeks().at(-1)).toBe(40);
    await socket().lastRequest('seek-video').answer({ ok: false, code: 'rate_limited', error: 'Slow down.', retryable: true });
    void page.app.controls.skip(-10);
    expect(seeks().at(-1)).toBe(40);
  });

  test('a rejected command is undone and explained', async () => {
    await enter();
    socket().receive('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline() }));
    socket().manualAnswers.add('play-video');
    page.app.controls.toggle();
    expect(page.app.controls.running.value).toBe(true);
    await socket()
      .lastRequest('play-video')
      .answer({ ok: false, code: 'not_host', error: 'Only hosts can control the video', retryable: false });
    expect(page.app.controls.running.value).toBe(false);
    expect(page.app.toasts.current.value?.text).toMatch(/holds the remote/);
  });

  test('a room that waits counts as playing: pause stops it, and a host may skip the barrier', async () => {
    await enter();
    const at = { epoch: 1, seq: 6, position: 40, phase: 'preparing' as const };
    socket().receive('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline(at), epoch: 1, seq: 6 }));
    expect(page.app.controls.running.value).toBe(false);
    const waiting = { reason: 'seek' as const, for: ['u2'], until: 5000 };
    socket().receive('timeline', aTimeline({ ...at, seq: 7, resume: true, waiting }));
    expect(page.app.controls.running.value).toBe(true);
    await page.app.controls.skipBarrier();
    expect(socket().lastRequest('play-video').payload).toEqual({ roomId: 'ABC123', currentTime: 40 });
    page.app.controls.toggle();
    expect(socket().requestCount('pause-video')).toBe(1);
    socket().receive('timeline', aTimeline({ ...at, seq: 8, phase: 'paused' }));
    await page.app.controls.skipBarrier();
    expect(socket().requestCount('play-video')).toBe(1);
  });

  test('rate and waiting policy are sent to the server, and a rejection is explained', async () => {
    await enter();
    socket().receive('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline() }));
    await page.app.controls.setRate(1.25);
    expect(socket().lastRequest('set-rate').payload).toEqual({ roomId: 'ABC123', rate: 1.25 });
    await page.app.controls.setWaiting('everyone', 10);
    expect(socket().lastRequest('set-waiting').payload).toEqual({ roomId: 'ABC123', mode: 'everyone', seconds: 10 });
    await page.app.controls.setWaiting('never');
    expect(socket().lastRequest('set-waiting').payload).toEqual({ roomId: 'ABC123', mode: 'never' });
    socket().manualAnswers.add('set-waiting');
    const asked = page.app.controls.setWaiting('never');
    const no = { ok: false, code: 'internal', error: 'Failed to set waiting', retryable: true };
    await socket().lastRequest('set-waiting').answer(no);
    await asked;
    expect(page.app.toasts.current.value?.text).toBe('Failed to set waiting');
  });

  test('a guest sets neither rate nor waiting policy', async () => {
    await enter();
    const users = [aUser({ id: 'u2', name: 'Ben', isHost: true }), aUser()];
    socket().receive('room-joined', joined({ room: aRoom({ ...withFilm, users }), user: aUser(), timeline: aTimeline() }));
    await page.app.controls.setRate(2);
    await page.app.controls.setWaiting('everyone', 5);
    await page.app.controls.skipBarrier();
    expect(socket().requests.filter((one) => /^set-|^play-/.test(one.name))).toEqual([]);
    expect(page.app.toasts.current.value?.text).toBe('Ben holds the remote');
  });

  test('an invalid link is not sent', async () => {
    await enter();
    expect(await page.app.controls.setVideo('javascript:alert(1)')).toMatch(/\w/);
    expect(await page.app.controls.setVideo('')).toBe('Paste a link first.');
    expect(socket().requestCount('set-video')).toBe(0);
  });

  test("MD6 the server's reason for the rejection of a link is shown", async () => {
    await enter();
    socket().receive('room-joined', joined({ room: aRoom(withFilm), timeline: aTimeline() }));
    const no = { ok: false, code: 'invalid_data', error: 'Invalid data: Invalid URL format', retryable: false };
    for (const [reason, text] of [
      ['playlist_only', /This is a playlist/],
      ['reason_of_a_later_server', /The server cannot read this link/],
      [undefined, /The server cannot read this link/],
    ] as const) {
      socket().manualAnswers.add('set-video');
      const before = socket().requestCount('set-video');
      const asked = page.app.controls.setVideo('https://films.example/b.mp4');
      await vi.waitFor(() => expect(socket().requestCount('set-video')).toBe(before + 1));
      await socket()
        .lastRequest('set-video')
        .answer(reason === undefined ? no : { ...no, reason });
      expect(await asked).toMatch(text);
    }
  });
});
