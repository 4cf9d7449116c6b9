// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createAppHarness, messageEvent } from './support/app-harness';
import { aRoom, aTimeline, joined } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createAppHarness();
const { socket, enter, texts } = page;

beforeEach(page.fresh);

describe('an unavailable room', () => {
  const withFilm = { videoUrl: 'https://films.example/a.mp4', videoType: 'video' };
  const away = (available: boolean, roomId = 'ABC123') => socket().receive('room-availability', { roomId, available });

  async function inFilm(): Promise<void> {
    await enter();
    const timeline = aTimeline({ seq: 5, phase: 'playing', at: performance.now() + 1e6 });
    socket().receive('room-joined', joined({ room: aRoom(withFilm), timeline, epoch: 1, seq: 5 }));
  }

  test('shows the banner after half a second, and a short one when it is back', async () => {
    await enter();
    away(false, 'OTHER1');
    expect(page.app.connection.value).toBe('connected');
    away(false);
    expect([page.app.connection.value, page.app.banner.value]).toEqual(['unavailable', 'none']);
    await vi.advanceTimersByTimeAsync(600);
    expect(page.app.banner.value).toBe('reconnecting');
    away(true);
    expect(page.app.connection.value).toBe('connected');
    await vi.advanceTimersByTimeAsync(200);
    expect(page.app.banner.value).toBe('reconnected');
    await vi.advanceTimersByTimeAsync(3000);
    expect(page.app.banner.value).toBe('none');
  });

  test('shows no banner for a short interruption', async () => {
    await enter();
    away(false);
    await vi.advanceTimersByTimeAsync(300);
    away(true);
    await vi.advanceTimersByTimeAsync(3000);
    expect(page.app.banner.value).toBe('none');
  });

  test('and a lost connection share one banner until both are back', async () => {
    await enter();
    away(false);
    await vi.advanceTimersByTimeAsync(600);
    socket().drop('transport close');
    expect([page.app.connection.value, page.app.banner.value]).toEqual(['reconnecting', 'reconnecting']);
    await vi.advanceTimersByTimeAsync(400);
    socket().acceptConnection();
    socket().receive('room-joined', joined({ resumed: true, epoch: 1, seq: 5 }));
    away(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect([page.app.connection.value, page.app.banner.value]).toEqual(['unavailable', 'reconnecting']);
    away(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(page.app.banner.value).toBe('reconnected');
  });

  test('rejects commands with one message, and the film plays on', async () => {
    await inFilm();
    away(false);
    const before = page.app.room.timeline.value;
    page.app.controls.toggle();
    const first = page.app.toasts.current.value;
    expect(first?.text).toBe('One moment, still reconnecting to the room.');
    for (let i = 0; i < 5; i++) page.app.controls.toggle();
    await page.app.controls.seek(30);
    await page.app.controls.setRate(2);
    await page.app.controls.setWaiting('never');
    await page.app.controls.promote('u2');
    page.app.controls.handleExternalAction('pause', 3);
    expect(await page.app.controls.setVideo('https://films.example/b.mp4')).toBe(first!.text);
    expect(socket().requests.filter((one) => /-video$|^set-|^promote/.test(one.name))).toEqual([]);
    expect(page.app.toasts.current.value).toBe(first);
    expect(page.app.room.timeline.value).toBe(before);
    expect(page.app.controls.running.value).toBe(true);
    away(true);
    expect(page.app.toasts.current.value).toBeNull();
    page.app.controls.toggle();
    expect(socket().requestCount('pause-video')).toBe(1);
  });

  test("that is not known yet: the server's rejection shows the same message", async () => {
    await inFilm();
    socket().manualAnswers.add('pause-video');
    page.app.controls.toggle();
    const no = { ok: false, code: 'unavailable', error: 'Failed to pause video', retryable: true };
    await socket().lastRequest('pause-video').answer(no);
    expect(page.app.toasts.current.value?.text).toBe('One moment, still reconnecting to the room.');
    expect(page.app.controls.running.value).toBe(true);
  });

  test('a server lost for a minute: room, film and chat stay as they are', async () => {
    await inFilm();
    socket().receive('new-message', messageEvent('a', 6));
    const [timeline, film] = [page.app.room.timeline.value, page.app.room.film.value];
    socket().drop('transport close');
    for (let s = 0; s < 60; s++) {
      await vi.advanceTimersByTimeAsync(1000);
      socket().failConnect();
    }
    expect(page.app.sessionState.value).toEqual({ phase: 'reconnecting', roomId: 'ABC123' });
    expect([page.app.room.timeline.value, page.app.room.film.value]).toEqual([timeline, film]);
    expect(texts()).toEqual(['a']);
    expect(page.app.playerHost.targetPosition()).toBeGreaterThan(55);
  });
});
