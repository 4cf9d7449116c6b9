import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TRIES_MAX, createFilmInfos } from '../src/library/film-infos';
import { detailsOf, filmTitle, notPlayableText } from '../src/library/library-words';
import { aFilmInfo, heldServer, rejected } from './support/library';
import { after } from './support/timers';

let server: ReturnType<typeof heldServer>;
let infos: ReturnType<typeof createFilmInfos>;
beforeEach(() => {
  vi.useFakeTimers();
  server = heldServer();
  infos = createFilmInfos({ request: server.request, after });
});
afterEach(() => void vi.useRealTimers());

const gathered = () => vi.advanceTimersByTimeAsync(60);
const idsAsked = () => server.asked.map(({ payload }) => payload['mediaIds']);

describe('LB10 what the server knows about films', () => {
  test('is asked in one request for what is shown together, and once', async () => {
    infos.want(['a', 'b']);
    infos.want(['b', 'c']);
    await gathered();
    expect([server.asked.map(({ name }) => name), idsAsked()]).toEqual([['get-film-info'], [['a', 'b', 'c']]]);
    await server.last.answer({ ok: true, films: [aFilmInfo('a'), aFilmInfo('b')], pending: [] });
    infos.want(['a', 'b', 'c']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([server.asked.length, [...infos.known.value.keys()]]).toEqual([1, ['a', 'b']]);
  });

  test('is asked for 50 films at a time, one request after the other', async () => {
    infos.want(Array.from({ length: 120 }, (_, n) => `film ${n}`));
    for (const size of [50, 50, 20]) {
      await gathered();
      expect(server.last.payload['mediaIds']).toHaveLength(size);
      await server.last.answer({ ok: true, films: [], pending: [] });
    }
    await gathered();
    expect(server.asked).toHaveLength(3);
  });

  test('what is examined now is asked for again after two seconds, five times at most', async () => {
    infos.want(['a', 'b']);
    await gathered();
    await server.last.answer({ ok: true, films: [aFilmInfo('a')], pending: ['b'] });
    for (let tries = 2; tries <= TRIES_MAX; tries++) {
      await vi.advanceTimersByTimeAsync(1900);
      expect(server.asked).toHaveLength(tries - 1);
      await vi.advanceTimersByTimeAsync(110);
      expect(server.last.payload['mediaIds']).toEqual(['b']);
      await server.last.answer({ ok: true, films: [], pending: ['b'] });
    }
    infos.want(['b']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toHaveLength(TRIES_MAX);
  });

  test('a server without it is not asked again, until the next connection', async () => {
    infos.want(['a']);
    await gathered();
    await server.last.answer(rejected('unknown_event'));
    infos.want(['a', 'b']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toHaveLength(1);
    infos.onReconnect();
    expect(infos.connections.value).toBe(1);
    infos.want(['a', 'b']);
    await gathered();
    await server.last.answer({ ok: true, films: [aFilmInfo('b')], pending: [] });
    expect([...infos.known.value.keys()]).toEqual(['b']);
  });

  test('a busy server is asked again', async () => {
    infos.want(['a']);
    await gathered();
    await server.last.answer(rejected('rate_limited', true));
    await vi.advanceTimersByTimeAsync(2100);
    await server.last.answer({ ok: true, films: [aFilmInfo('a')], pending: [] });
    expect(infos.known.value.get('a')?.duration).toBe(5400);
  });

  test('a picture of another server is left out, and an answer that cannot be read changes nothing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    infos.want(['a']);
    await gathered();
    await server.last.answer({ ok: true, films: [aFilmInfo('a', { poster: 'https://evil.example/a.jpg' })], pending: [] });
    expect(infos.known.value.get('a')?.poster).toBeNull();
    infos.want(['b']);
    await gathered();
    await server.last.answer({ ok: true, films: [{ mediaId: 'b' }], pending: 'all' });
    expect([warn.mock.calls.length, infos.known.value.size]).toEqual([1, 1]);
    warn.mockRestore();
  });
});

test('LB10 the words about a film', () => {
  expect(detailsOf(undefined)).toEqual([]);
  expect(detailsOf(aFilmInfo('a'))).toEqual(['1:30:00', '1080p']);
  expect(detailsOf(aFilmInfo('a', { width: 3840, height: 1600, play: 'convert' }))).toEqual([
    '1:30:00',
    '4K',
    'is converted while playing',
  ]);
  expect(detailsOf(aFilmInfo('a', { duration: 0, width: 320, height: 240 }))).toEqual(['240p']);
  expect(detailsOf(aFilmInfo('a', { duration: 0, width: 0, height: 0 }))).toEqual([]);
  expect(notPlayableText(aFilmInfo('a'))).toBeNull();
  expect(notPlayableText(aFilmInfo('a', { play: 'no', reason: 'no_ffmpeg' }))).toBe(
    'Cannot be played: browsers cannot play this format, and the server cannot convert it.',
  );
  expect(notPlayableText(aFilmInfo('a', { play: 'no', reason: 'something new' }))).toBe(
    'Cannot be played: the server does not say why.',
  );
});

test('LB3 the title of a film is its name without its ending', () => {
  expect(['The Movie (2009).mkv', 'The.Movie.2009.mkv', 'Dr. Who.mp4', '.mp4', 'noending'].map(filmTitle)).toEqual([
    'The Movie (2009)',
    'The Movie 2009',
    'Dr. Who',
    '.mp4',
    'noending',
  ]);
});
