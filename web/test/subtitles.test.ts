// @vitest-environment happy-dom
/** The subtitles of a viewer: choice, time, delay, and what is remembered. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Subtitles, NO_SUBTITLES, delayText } from '../src/app/subtitles';
import { NOT_READ, NO_CUES, UNKNOWN_FORMAT } from '../src/app/subtitle-text';
import { FakePlayer, createSubtitlesHarness } from './support/subtitles-harness';

const SRT = '1\n00:00:10,000 --> 00:00:12,000\nhello\n\n2\n00:00:11,000 --> 00:00:13,000\nthere\n';
const file = (text: BlobPart = SRT, name = 'film.srt') => new File([text], name);
const english = { id: 'en', label: 'English', language: 'en' };
const french = { id: 'fr', label: 'Français', language: 'fr' };

let harness: ReturnType<typeof createSubtitlesHarness>;
let subtitles: Subtitles;
let player: FakePlayer;

beforeEach(async () => {
  vi.useFakeTimers();
  harness = createSubtitlesHarness();
  subtitles = harness.open();
  player = new FakePlayer();
  await harness.play(player);
});
afterEach(() => {
  subtitles.end();
  vi.useRealTimers();
});

const textAt = (position: number) => harness.textAt(subtitles, player, position);

describe('LB11 texts that come with the film', () => {
  const source = (language: string) => ({ id: 'link 0', label: 'Text', language, load: () => Promise.resolve(new Blob([SRT])) });

  test('are among the tracks of the film, and read when they are chosen', async () => {
    harness.linked.value = [source('de')];
    expect(subtitles.choices.value).toEqual([{ id: 'link 0', label: 'Text (German)', language: 'de', origin: 'film' }]);
    expect(await textAt(10)).toBe('');
    subtitles.choose('link 0');
    expect(await textAt(10)).toBe('hello');
  });

  test('are on at once in the language of the last choice, and not in an unknown one', async () => {
    subtitles.change({ on: true, language: 'en' });
    harness.linked.value = [source('')];
    expect(subtitles.chosen.value).toBeNull();
    harness.linked.value = [source('en-GB')];
    expect(await textAt(10)).toBe('hello');
  });
});

describe('a file of one’s own', () => {
  test('appears at the film’s time, goes away, and overlaps', async () => {
    await subtitles.openFile(file());
    expect(await textAt(9.9)).toBe('');
    expect(await textAt(10)).toBe('hello');
    expect(await textAt(11.5)).toBe('hello | there');
    expect(await textAt(12.5)).toBe('there');
    expect(await textAt(13)).toBe('');
    expect(await textAt(10.5)).toBe('hello');
  });

  test('follows a playing film within a tenth of a second', async () => {
    await subtitles.openFile(file());
    player.paused = false;
    player.position = 9.5;
    await vi.advanceTimersByTimeAsync(400);
    expect(subtitles.shown.value).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(subtitles.shown.value).toHaveLength(1);
  });

  test('the same cues are the same value, so that nothing is drawn again', async () => {
    await subtitles.openFile(file());
    await textAt(10);
    const before = subtitles.shown.value;
    await textAt(10.5);
    expect(subtitles.shown.value).toBe(before);
  });

  test('a delay moves it, within bounds', async () => {
    await subtitles.openFile(file());
    subtitles.setDelay(2);
    expect([await textAt(11.9), await textAt(12)]).toEqual(['', 'hello']);
    subtitles.setDelay(-5);
    expect(await textAt(5)).toBe('hello');
    for (let i = 0; i < 3; i++) subtitles.shiftDelay(0.1);
    expect(subtitles.delay.value).toBe(-4.7);
    subtitles.setDelay(1e308);
    expect(subtitles.delay.value).toBe(600);
    subtitles.setDelay(Number.NaN);
    expect(subtitles.delay.value).toBe(0);
  });

  test.each([
    ['not subtitles', UNKNOWN_FORMAT],
    ['WEBVTT\n\n', NO_CUES],
  ])('%j: a message says why nothing is shown', async (text, problem) => {
    await subtitles.openFile(file(text));
    expect(subtitles.file.value.problem).toBe(problem);
    expect(await textAt(10)).toBe('');
  });

  test('a file that cannot be read', async () => {
    const gone = file();
    gone.arrayBuffer = () => Promise.reject(new Error('gone'));
    await subtitles.openFile(gone);
    expect(subtitles.file.value.problem).toBe(NOT_READ);
  });

  test('a message says what became of a file that was dropped', async () => {
    await subtitles.dropFile(file());
    expect(harness.notify).toHaveBeenLastCalledWith('film.srt: SRT, 2 lines.');
    await subtitles.dropFile(file('nothing'));
    expect(harness.notify).toHaveBeenLastCalledWith(UNKNOWN_FORMAT);
  });

  test('what is left out is said', async () => {
    await subtitles.openFile(file(`${SRT}\n00:00:05,000 --> 00:00:04,000\nx\n`));
    expect(subtitles.file.value.notes).toEqual(['SRT, 2 lines.', '1 line left out, because of times that cannot be.']);
  });

  test('another encoding reads it again; a newer file wins over an older one', async () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('00:00:10,000 --> 00:00:12,000\n'),
      0xef,
      0xf0,
      0xe8,
      0xe2,
      0xe5,
      0xf2,
    ]);
    await subtitles.openFile(file(bytes));
    await subtitles.setEncoding('windows-1252');
    expect([subtitles.file.value.encoding, await textAt(10)]).toEqual(['windows-1252', 'ïðèâåò']);
    await subtitles.setEncoding('windows-1251');
    expect(await textAt(10)).toBe('привет');
    const [slow, fast] = [file('WEBVTT\n\n', 'slow.vtt'), file(SRT, 'fast.srt')];
    const first = subtitles.openFile(slow);
    await Promise.all([subtitles.openFile(fast), first]);
    expect([subtitles.file.value.source?.label, await textAt(10)]).toEqual(['fast.srt', 'hello']);
  });

  test('belongs to one film, like its delay; a reload of the page keeps the delay', async () => {
    await subtitles.openFile(file());
    subtitles.setDelay(1.5);
    harness.film.value = 'https://films.example/b.mp4';
    expect([subtitles.chosen.value, subtitles.choices.value, subtitles.delay.value]).toEqual([null, [], 0]);
    expect(await textAt(12)).toBe('');
    harness.film.value = 'https://films.example/a.mp4';
    expect(subtitles.delay.value).toBe(1.5);
    subtitles.end();
    subtitles = harness.open();
    expect(subtitles.delay.value).toBe(1.5);
  });

  test('stays when the player is opened again', async () => {
    await subtitles.openFile(file());
    harness.player.value = null;
    await vi.advanceTimersByTimeAsync(60);
    expect(subtitles.shown.value).toEqual([]);
    player = new FakePlayer();
    await harness.play(player);
    expect(await textAt(10)).toBe('hello');
  });
});

describe('the film’s own tracks', () => {
  const cues = [{ startTime: 1, endTime: 2, text: '<i>one</i>' }];

  test('are offered as they come, chosen and shown with the delay', async () => {
    player.tracks.change({ text: [english, french], loaded: cues });
    expect(subtitles.choices.value.map(({ label }) => label)).toEqual(['English', 'Français']);
    subtitles.choose('film fr');
    expect([player.tracks.selected, await textAt(1)]).toEqual(['fr', 'one']);
    subtitles.setDelay(1);
    expect([await textAt(1), await textAt(2)]).toEqual(['', 'one']);
    subtitles.choose(null);
    expect([player.tracks.selected, await textAt(2)]).toEqual([null, '']);
  });

  test('the language of the last choice is chosen for the next film, unless subtitles are off', async () => {
    player.tracks.change({ text: [english, french] });
    subtitles.choose('film fr');
    harness.film.value = 'https://films.example/b.mp4';
    player = new FakePlayer();
    player.tracks.text = [english, { ...french, id: '7' }];
    await harness.play(player);
    expect([subtitles.chosen.value, player.tracks.selected]).toEqual(['film 7', '7']);
    subtitles.choose(null);
    player.tracks.change({ text: [{ ...french, id: '8' }] });
    expect(subtitles.chosen.value).toBeNull();
    harness.film.value = 'https://films.example/c.mp4';
    player = new FakePlayer();
    player.tracks.text = [french];
    await harness.play(player);
    expect(subtitles.chosen.value).toBeNull();
  });

  test('a player that draws its tracks is left to do it', async () => {
    player.tracks.change({ text: [english], drawsText: true, loaded: cues });
    subtitles.choose('film en');
    expect([subtitles.isDrawnByPlayer.value, player.tracks.selected, await textAt(1)]).toEqual([true, 'en', '']);
    await subtitles.openFile(file());
    expect([subtitles.isDrawnByPlayer.value, player.tracks.selected, await textAt(10)]).toEqual([false, null, 'hello']);
  });

  test('the tracks of a former player are closed and count no more', async () => {
    const former = player.tracks;
    player = new FakePlayer();
    await harness.play(player);
    expect(former.closed).toBe(true);
    former.change({ text: [english] });
    expect(subtitles.choices.value).toEqual([]);
  });

  test('a player without tracks, and one whose tracks fail', async () => {
    await harness.play(Object.assign(new FakePlayer(), { openTracks: undefined }) as unknown as FakePlayer);
    expect(subtitles.choices.value).toEqual([]);
    await harness.play(Object.assign(new FakePlayer(), { openTracks: () => Promise.reject(new Error('gone')) }));
    expect(subtitles.choices.value).toEqual([]);
  });
});

describe('audio tracks', () => {
  const two = { audio: [english, french], audioId: 'en' };

  test('are offered and chosen; the language is chosen again for the next film', async () => {
    player.tracks.change(two);
    expect(subtitles.audio.value).toEqual({
      chosen: 'en',
      choices: [
        { id: 'en', label: 'English' },
        { id: 'fr', label: 'Français' },
      ],
    });
    subtitles.selectAudio('fr');
    expect([player.tracks.audioId, subtitles.audio.value.chosen]).toEqual(['fr', 'fr']);
    harness.film.value = 'https://films.example/b.mp4';
    player = new FakePlayer();
    Object.assign(player.tracks, two);
    await harness.play(player);
    expect(player.tracks.audioId).toBe('fr');
    // The viewer's choice for this film stays.
    subtitles.selectAudio('en');
    player.tracks.change({ audio: [english, french, { id: 'x', label: 'x', language: 'fr' }] });
    expect(player.tracks.audioId).toBe('en');
  });
});

describe('the key for subtitles', () => {
  test('without any track a message says how to get one', () => {
    subtitles.toggle();
    expect([subtitles.chosen.value, harness.notify.mock.calls]).toEqual([null, [[NO_SUBTITLES]]]);
  });

  test('shows the first, or the last chosen one, and hides it', async () => {
    player.tracks.change({ text: [english, french] });
    subtitles.toggle();
    expect(subtitles.chosen.value).toBe('film en');
    subtitles.choose('film fr');
    subtitles.toggle();
    expect(subtitles.chosen.value).toBeNull();
    subtitles.toggle();
    expect(subtitles.chosen.value).toBe('film fr');
    await subtitles.openFile(file());
    subtitles.toggle();
    subtitles.toggle();
    expect([subtitles.chosen.value, await textAt(10)]).toEqual(['own', 'hello']);
  });

  test('those for the delay say what they did', async () => {
    subtitles.shiftDelay(0.1);
    expect(harness.notify).toHaveBeenLastCalledWith('No subtitles are on.');
    await subtitles.openFile(file());
    subtitles.shiftDelay(0.1);
    expect(harness.notify).toHaveBeenLastCalledWith('Subtitles 0.1 s later');
    expect([-0.2, 0].map(delayText)).toEqual(['Subtitles 0.2 s earlier', 'Subtitles on time']);
  });
});

describe('the look', () => {
  test('is kept in the browser', () => {
    subtitles.change({ size: 'largest', place: 'top', background: 'solid' });
    subtitles.end();
    subtitles = harness.open();
    expect(subtitles.settings.value).toMatchObject({ size: 'largest', place: 'top', background: 'solid' });
  });

  test.each(['null', '[]', '7', '{', '{"size":"huge","place":1,"background":{},"on":"yes","language":7}'])(
    'nonsense in the storage is ignored: %s',
    (kept) => {
      harness.local.setItem('wnc.subtitles', kept);
      harness.session.setItem('wnc.subtitle-delay', kept);
      subtitles.end();
      subtitles = harness.open();
      expect(subtitles.settings.value).toMatchObject({ size: 'medium', place: 'bottom', background: 'shade', on: false });
      expect(subtitles.delay.value).toBe(0);
    },
  );

  test('a browser that refuses storage changes nothing else', () => {
    harness.local.setItem = () => {
      throw new Error('refused');
    };
    subtitles.change({ size: 'small' });
    expect(subtitles.settings.value.size).toBe('small');
  });
});
