// @vitest-environment happy-dom
/** The subtitles that hosts share (SB): the list, their texts, and what a host does. */
import { batch } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GONE, NOT_LOADED, SHARED } from '../src/app/shared-subtitles';
import { FILE_TOO_LARGE, NOT_SHARED, TOO_MANY, partsOf } from '../src/app/share-subtitles';
import type { Subtitles } from '../src/app/subtitles';
import type { Ack } from '../src/protocol/messages';
import { fileLabel, fileLanguage } from '../src/subtitles/file-language';
import { TOO_LARGE, TOO_SLOW, UNREACHABLE } from '../src/subtitles/fetch-text';
import { FakePlayer, createSubtitlesHarness } from './support/subtitles-harness';
import { aRoom, aUser } from './support/wire';

const SRT = '1\n00:00:10,000 --> 00:00:12,000\nhello\n\n';
const FILM = 'https://films.example/a.mp4';
const english = { trackId: 't1', label: 'English', language: 'en', parts: 2, bytes: SRT.length };
const linked = { trackId: 't2', label: 'Deutsch', language: 'de', url: 'https://subs.example/de.srt' };

let harness: ReturnType<typeof createSubtitlesHarness>;
let subtitles: Subtitles;
let player: FakePlayer;

/** Answers of the server: the text of any track in two parts, and ids for what is shared. */
function answer(name: string, payload: Record<string, unknown>): Ack {
  if (name === 'get-subtitles') return { ok: true, text: payload['part'] === 0 ? SRT.slice(0, 20) : SRT.slice(20) };
  if (name === 'set-subtitles') {
    const tracks = payload['tracks'] as { trackId?: string }[];
    return { ok: true, trackIds: tracks.map(({ trackId }, at) => trackId ?? `new ${at}`), epoch: 1, seq: 9 };
  }
  return { ok: true };
}
const rejected = (code: string, retryable = false): Ack => ({ ok: false, code, error: code, retryable });

beforeEach(async () => {
  vi.useFakeTimers();
  harness = createSubtitlesHarness();
  harness.request.mockImplementation((name, payload) => Promise.resolve(answer(name, payload)));
  const users = [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Ben' })];
  harness.room.loadRoom(aRoom({ users, videoUrl: FILM, videoType: 'video' }), undefined);
  harness.room.meId.value = 'u1';
  subtitles = harness.open();
  player = new FakePlayer();
  await harness.play(player);
});
afterEach(() => {
  subtitles.end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const share = (tracks: unknown[], by?: string) => {
  harness.room.subtitles.value = { tracks, by };
  return vi.advanceTimersByTimeAsync(1);
};
const textAt = (position: number) => harness.textAt(subtitles, player, position);
const asked = (name: string) => harness.request.mock.calls.filter(([one]) => one === name).map(([, payload]) => payload);
const ids = () => subtitles.choices.value.map(({ id }) => id);
const notices = () => harness.chat.entries.value.map((entry) => (entry.kind === 'notice' ? entry.text : ''));

describe('a viewer', () => {
  test('sees what is shared, and loads it when it is chosen, once', async () => {
    await share([english, linked]);
    expect(subtitles.choices.value.map(({ label, origin }) => [label, origin])).toEqual([
      ['English', 'shared'],
      ['Deutsch', 'shared'],
    ]);
    expect(subtitles.chosen.value).toBeNull();
    expect(harness.request).not.toHaveBeenCalled();
    subtitles.choose(SHARED + 't1');
    expect(await textAt(10)).toBe('hello');
    subtitles.choose(null);
    subtitles.choose(SHARED + 't1');
    expect(await textAt(11)).toBe('hello');
    expect(asked('get-subtitles')).toEqual([
      { trackId: 't1', part: 0 },
      { trackId: 't1', part: 1 },
    ]);
  });

  test('is offered what somebody shares, and nothing is shown by itself', async () => {
    await share([english], 'u2');
    expect(notices()).toEqual(['Ben shared subtitles: English']);
    expect(subtitles.chosen.value).toBeNull();
    const [text, action] = harness.notify.mock.lastCall as [string, { label: string; run(): void }];
    expect([text, action.label]).toEqual(['Ben shared subtitles: English', 'Show']);
    action.run();
    expect(await textAt(10)).toBe('hello');
  });

  test.each([
    ['en-GB', true],
    ['und', true],
    ['fr', false],
  ])('who has subtitles on sees a track of %s at once: %s', async (language, seen) => {
    subtitles.change({ on: true, language: 'en' });
    await share([{ ...english, language }], 'u2');
    expect(subtitles.chosen.value).toBe(seen ? `${SHARED}t1` : null);
  });

  test('a late joiner and a page that was loaded again hear nothing of it', async () => {
    await share([english]);
    expect([notices(), harness.notify.mock.calls]).toEqual([[], []]);
  });

  test('what is not shared any more is not shown any more', async () => {
    await share([english, linked]);
    subtitles.choose(SHARED + 't1');
    await textAt(10);
    await share([linked], 'u2');
    expect(await textAt(11)).toBe('');
    expect(subtitles.chosen.value).toBeNull();
    expect(notices()).toEqual(['Ben stopped sharing subtitles: English']);
    expect(harness.notify).toHaveBeenLastCalledWith('These subtitles are not shared any more');
  });

  test('another film ends what is shared, without a message', async () => {
    await share([english]);
    subtitles.choose(SHARED + 't1');
    await textAt(10);
    const videoUrl = 'https://films.example/b.mp4';
    batch(() => {
      harness.room.apply({ name: 'video-set', payload: { videoUrl, videoType: 'video' } });
      harness.film.value = videoUrl;
    });
    expect(await textAt(11)).toBe('');
    expect([ids(), harness.notify.mock.calls, notices()]).toEqual([[], [], []]);
  });

  test.each([
    [rejected('track_not_found'), GONE],
    [rejected('unavailable', true), NOT_LOADED],
  ])('reads why a text is not there: %j', async (ack, problem) => {
    harness.request.mockResolvedValue(ack);
    await share([english]);
    subtitles.choose(SHARED + 't1');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(subtitles.file.value.problem).toBe(problem);
    harness.request.mockImplementation((name, payload) => Promise.resolve(answer(name, payload)));
    subtitles.choose(null);
    subtitles.choose(SHARED + 't1');
    expect(await textAt(10)).toBe('hello');
  });

  test('a list that cannot be read is an empty one', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    await share([{ trackId: 7 }]);
    expect(ids()).toEqual([]);
  });
});

describe('an address', () => {
  async function problemOf(fetched: () => Promise<Response>): Promise<string | null> {
    vi.stubGlobal('fetch', vi.fn(fetched));
    await share([linked]);
    subtitles.choose(SHARED + 't2');
    await vi.advanceTimersByTimeAsync(20_000);
    return subtitles.file.value.problem;
  }

  test('is fetched without anything of the viewer', async () => {
    expect(await problemOf(() => Promise.resolve(new Response(SRT)))).toBeNull();
    expect(await textAt(10)).toBe('hello');
    expect(vi.mocked(fetch).mock.calls[0]).toMatchObject([linked.url, { credentials: 'omit', referrerPolicy: 'no-referrer' }]);
  });

  test.each([
    ['answers 404', () => Promise.resolve(new Response('', { status: 404 })), /none at this address \(404\)/],
    ['cannot be read', () => Promise.reject(new TypeError('Failed to fetch')), UNREACHABLE],
    ['is too large', () => Promise.resolve(new Response(new Uint8Array(11_000_000))), TOO_LARGE],
  ])('that %s is explained', async (_, fetched, problem) => {
    expect(await problemOf(fetched)).toMatch(problem);
  });

  test('that does not answer is given up', async () => {
    const never = (_: unknown, { signal }: RequestInit = {}) =>
      new Promise<Response>((_resolve, reject) => {
        signal!.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    expect(await problemOf(never as unknown as () => Promise<Response>)).toBe(TOO_SLOW);
  });
});

describe('a host', () => {
  test('shares the open file in parts; the shared track takes its place and is not loaded', async () => {
    await share([english]);
    const text = SRT + 'x'.repeat(20_000);
    await subtitles.openFile(new File([text], 'film.de.srt'));
    const shared = subtitles.shareFile('Deutsch');
    await vi.advanceTimersByTimeAsync(1);
    await shared;
    expect(asked('upload-subtitles').map((one) => one['text'])).toEqual(partsOf(text));
    expect(asked('set-subtitles')).toEqual([
      { tracks: [{ trackId: 't1' }, { label: 'Deutsch', language: 'de', parts: 2 }], videoUrl: FILM },
    ]);
    await share([english, { trackId: 'new 1', label: 'Deutsch', language: 'de', parts: 2, bytes: 9 }], 'u1');
    expect(ids()).toEqual([`${SHARED}t1`, `${SHARED}new 1`]);
    expect(subtitles.chosen.value).toBe(`${SHARED}new 1`);
    expect(await textAt(10)).toBe('hello');
    expect(asked('get-subtitles')).toEqual([]);
    expect(notices()).toEqual(['You shared subtitles: Deutsch']);
    expect(harness.notify).not.toHaveBeenCalled();
  });

  test('an old encoding is shared as what was read, without characters that no text needs', async () => {
    const bytes = [...`${SRT}2\n00:00:13,000 --> 00:00:14,000\n`].map((c) => c.charCodeAt(0));
    await subtitles.openFile(new File([new Uint8Array([...bytes, 0xd0, 0xf3, 0xf1, 0x1b])], 'a.srt'));
    await subtitles.setEncoding('windows-1251');
    await subtitles.shareFile('Russian');
    expect(asked('upload-subtitles')[0]!['text']).toMatch(/\nРус$/);
  });

  test('a long text is spread over time, and waits where the server asks for it', async () => {
    let rejections = 2;
    harness.request.mockImplementation((name, payload) =>
      Promise.resolve(name === 'upload-subtitles' && rejections-- > 0 ? rejected('rate_limited', true) : answer(name, payload)),
    );
    const done = vi.fn();
    void subtitles.shared.shareText('x'.repeat(900_000), 'English', 'en').then(done);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(done).not.toHaveBeenCalled();
    expect(subtitles.shared.state.value.sent).toBeGreaterThan(0.2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(done).toHaveBeenCalledWith(`${SHARED}new 0`);
  });

  test.each([
    ['x'.repeat((1 << 20) + 1), [], FILE_TOO_LARGE],
    [SRT, Array.from({ length: 8 }, (_, i) => ({ ...english, trackId: `t${i}` })), TOO_MANY],
  ])('reads what cannot be shared', async (text, tracks, problem) => {
    await share(tracks);
    expect(await subtitles.shared.shareText(text, 'English', 'en')).toBeNull();
    expect(subtitles.shared.state.value).toEqual({ busy: false, sent: 0, problem });
    expect(harness.request).not.toHaveBeenCalled();
    subtitles.shared.forgetProblem();
    expect(subtitles.shared.state.value.problem).toBeNull();
  });

  test('shares an address, and stops sharing', async () => {
    await share([english]);
    await subtitles.shared.shareAddress(linked.url, 'Deutsch');
    await subtitles.shared.stopSharing(`${SHARED}t1`);
    expect(asked('set-subtitles')).toEqual([
      { tracks: [{ trackId: 't1' }, { label: 'Deutsch', language: 'und', url: linked.url }], videoUrl: FILM },
      { tracks: [] },
    ]);
  });

  test('an answer that makes no sense shares nothing', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    harness.request.mockResolvedValue({ ok: true });
    expect(await subtitles.shared.shareAddress(linked.url, 'x')).toBeNull();
    expect(subtitles.shared.state.value.problem).toBe(NOT_SHARED);
  });

  test('a rejection is shown', async () => {
    harness.request.mockResolvedValue(rejected('film_changed'));
    expect(await subtitles.shared.shareAddress(linked.url, 'x')).toBeNull();
    expect(subtitles.shared.state.value.problem).toBe('film_changed');
  });
});

test('a text is divided between characters', () => {
  const text = `${'x'.repeat(15_999)}🍿${'y'.repeat(3)}`;
  expect(partsOf(text)).toEqual(['x'.repeat(15_999), '🍿yyy']);
  expect(partsOf('')).toEqual([]);
});

test.each([
  ['film.de.srt', 'de', 'Deutsch'],
  ['Film.2024.pt-BR.vtt', 'pt-BR', 'português (Brasil)'],
  ['My film.srt', '', 'My film'],
  ['film.hd.ass', '', 'film.hd'],
])('the name of a file says its language: %s', (name, language, label) => {
  expect([fileLanguage(name), fileLabel(name)]).toEqual([language, label]);
});
