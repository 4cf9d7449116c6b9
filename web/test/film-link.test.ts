import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LinkAnswer, askForLink, keepLink } from '../src/library/film-link';
import { openLibraryStream, withTokenOf } from '../src/library/library-stream';
import { type OwnStream, openHls } from '../src/media/open-hls';
import { aLink, rejected } from './support/library';
import { after } from './support/timers';

vi.mock('../src/media/open-hls', () => ({ openHls: vi.fn() }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('LB8 the answer to the request for a link', () => {
  const answerTo = async (ack: Parameters<typeof rejected>[0] | object) =>
    askForLink(() => Promise.resolve(ack as ReturnType<typeof rejected>), 3);

  test('is a link of this server alone', async () => {
    expect(await answerTo({ ok: true, ...aLink() })).toEqual({ kind: 'link', link: aLink() });
    for (const url of ['https://evil.example/media/one', '//evil.example/media/one', '/api/one', 'javascript:1'])
      expect((await answerTo({ ok: true, ...aLink(), url })).kind).toBe('final');
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect((await answerTo({ ok: true, url: 3 })).kind).toBe('final');
    warn.mockRestore();
  });

  test('another film is no failure, and what is busy comes later', async () => {
    expect(await answerTo(rejected('film_changed'))).toEqual({ kind: 'changed' });
    expect(await answerTo(rejected('no_connection', true))).toEqual({ kind: 'later', text: null });
    expect(await answerTo(rejected('unavailable', true))).toEqual({
      kind: 'later',
      text: 'The server is getting this film ready…',
    });
  });

  test.each([
    [rejected('film_not_found'), 'This server does not have the film.', /moved or deleted/],
    [rejected('film_not_playable', false, { reason: 'no_ffmpeg' }), 'This film cannot be played.', /^Browsers cannot play/],
    [rejected('film_not_playable', false, { reason: 'new' }), 'This film cannot be played.', /^The server said/],
    [rejected('internal'), 'The server does not send this film.', /^The server said internal/],
  ])('%o is said in words', async (ack, title, hint) => {
    const answer = await answerTo(ack);
    expect(answer).toMatchObject({ kind: 'final', problem: { title } });
    expect(answer.kind === 'final' && answer.problem.hint).toMatch(hint);
  });
});

describe('LB11 a link is kept valid', () => {
  let now = 0;
  let answers: LinkAnswer[] = [];
  const ask = vi.fn(() => Promise.resolve(answers.shift() ?? ({ kind: 'changed' } as const)));
  const onLink = vi.fn();
  const connected = signal(true);
  const keep = (serverNow: () => number | null = () => now) =>
    keepLink(aLink('one', { expiresAt: 1_800_000 }), { ask, serverNow, after, connected, onLink });
  const pass = async (ms: number) => {
    now += ms;
    await vi.advanceTimersByTimeAsync(ms);
  };

  beforeEach(() => {
    now = 0;
    answers = [];
    ask.mockClear();
    onLink.mockClear();
    connected.value = true;
  });

  test('when two thirds of its time are over, on the server’s clock', async () => {
    const link = keep();
    answers = [{ kind: 'link', link: aLink('one', { expiresAt: 3_000_000 }) }];
    await pass(1_199_000);
    expect(ask).toHaveBeenCalledTimes(0);
    await pass(1000);
    expect([ask.mock.calls.length, link.current.value.expiresAt]).toEqual([1, 3_000_000]);
    await pass(1_199_000);
    expect(ask).toHaveBeenCalledTimes(1);
    await pass(1000);
    expect(ask).toHaveBeenCalledTimes(2);
    link.end();
  });

  test('without the server’s time as if it were new, and a link that has expired is not asked for at once', async () => {
    const link = keep(() => null);
    await pass(1_200_000);
    expect(ask).toHaveBeenCalledTimes(1);
    link.end();
    const late = keep(() => 5_000_000);
    await pass(9_900);
    expect(ask).toHaveBeenCalledTimes(1);
    await pass(100);
    expect(ask).toHaveBeenCalledTimes(2);
    late.end();
  });

  test('after each reconnect, which may bring another one', async () => {
    const link = keep();
    connected.value = false;
    answers = [{ kind: 'link', link: aLink('two') }];
    const next = link.next(60_000);
    connected.value = true;
    await next;
    expect([link.current.value.url, onLink.mock.calls.length]).toEqual(['/media/two', 2]);
    link.end();
  });

  test('again every ten seconds while the server cannot answer', async () => {
    const link = keep();
    answers = [
      { kind: 'later', text: null },
      { kind: 'later', text: null },
      { kind: 'link', link: aLink() },
    ];
    await pass(1_200_000);
    await pass(10_000);
    await pass(10_000);
    expect(ask).toHaveBeenCalledTimes(3);
    await pass(60_000);
    expect(ask).toHaveBeenCalledTimes(3);
    link.end();
  });

  test('not after another film is shown, and not after its end; requests at the same time are one', async () => {
    const link = keep();
    void link.renew();
    void link.renew();
    await pass(0);
    await pass(10_000_000);
    expect(ask).toHaveBeenCalledTimes(1);
    link.end();
    connected.value = false;
    connected.value = true;
    await pass(10_000_000);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

test('LB12 requests of a stream take the newest token', () => {
  const rewritten = (address: string) => withTokenOf('/media/NEW/index.m3u8', address);
  expect(rewritten('http://localhost/media/OLD/video/3.m4s')).toBe('http://localhost/media/NEW/video/3.m4s');
  expect(rewritten('http://localhost/party/media/OLD/audio-1/init.mp4')).toBe(
    'http://localhost/party/media/NEW/audio-1/init.mp4',
  );
  expect(rewritten('http://localhost/media/NEW/index.m3u8')).toBe('http://localhost/media/NEW/index.m3u8');
  expect(rewritten('https://elsewhere.example/a.m4s')).toBe('https://elsewhere.example/a.m4s');
  expect(withTokenOf('nonsense', 'http://localhost/media/OLD/a')).toBe('http://localhost/media/OLD/a');
});

describe('LB12 a stream whose requests fail', () => {
  const connected = signal(true);
  const onWait = vi.fn();
  let answer: LinkAnswer;
  let own: OwnStream;

  beforeEach(async () => {
    answer = { kind: 'link', link: aLink('one/index.m3u8') };
    onWait.mockClear();
    const link = keepLink(aLink('one/index.m3u8'), {
      ask: () => Promise.resolve(answer),
      serverNow: () => 0,
      after,
      connected,
      onLink: () => undefined,
    });
    const player = { video: null, destroyed: new AbortController().signal };
    vi.mocked(openHls).mockImplementation((_url, _mount, _events, given) => {
      own = given!;
      return Promise.resolve(player as never);
    });
    await openLibraryStream(null as never, null as never, { link, onWait });
  });

  async function outcome(status: number | undefined): Promise<string | null> {
    const asked = own.onNetworkError(status);
    await vi.advanceTimersByTimeAsync(8000);
    return (await asked)?.title ?? null;
  }

  test('asks again, with the newest token', async () => {
    answer = { kind: 'link', link: aLink('two/index.m3u8') };
    expect(await outcome(403)).toBeNull();
    const request = { open: vi.fn() };
    const setUp = own.settings['xhrSetup'] as (request: object, address: string) => void;
    setUp(request, 'http://localhost/media/one/v/video/3.m4s');
    setUp(request, 'http://localhost/media/two/v/video/4.m4s');
    expect(request.open.mock.calls).toEqual([['GET', 'http://localhost/media/two/v/video/3.m4s', true]]);
  });

  test.each([
    [403, 'The server does not send this film to you any more.'],
    [404, 'This server does not have the film.'],
    [500, 'The server cannot convert this film.'],
  ])('gives up after some attempts with status %i', async (status, title) => {
    expect([await outcome(status), await outcome(status), await outcome(status)]).toEqual([null, null, null]);
    expect(await outcome(status)).toBe(title);
  });

  test('waits for a busy server in words, and for one that is away', async () => {
    for (let n = 0; n < 6; n++) expect(await outcome(503)).toBeNull();
    expect(onWait).toHaveBeenCalledWith('The server sends as many films as it can right now. Trying again…');
    answer = { kind: 'later', text: null };
    for (let n = 0; n < 6; n++) expect(await outcome(undefined)).toBeNull();
    answer = { kind: 'final', problem: { title: 'Gone', hint: '' } };
    expect(await outcome(undefined)).toBe('Gone');
  });
});
