/** The link of a film from viewers' own files, comparing copies, and what is said about them. */
import { describe, expect, test } from 'vitest';
import { type Comparison, compare, compareLengths } from '../src/own-copy/compare';
import { aboutFile, differenceText, mismatchText, missingText, sizeText } from '../src/own-copy/copy-words';
import {
  type Fingerprint,
  contentKey,
  linkDuration,
  readLocalLink,
  sharedName,
  writeLocalLink,
} from '../src/own-copy/local-link';
import { OFFSET_MAX_S, boundedOffset, createOffsets, offsetText } from '../src/own-copy/offsets';
import { roomFilm } from '../src/own-copy/room-film';
import { knownKind, titleOfLink } from '../src/protocol/video-kind';
import { readVideoLink } from '../src/protocol/video-link';
import { MemoryStorage } from './support/memory-storage';
import { aFingerprint } from './support/own-copies';

const hex = (digit: string) => digit.repeat(64);
const LINK = `local:name=My%20film.mp4&size=1400000000&duration=5525.12&sha256=${hex('a')}.${hex('b')}.${hex('c')}`;
const FILM: Fingerprint = aFingerprint({ name: 'My film.mp4' });

describe('OC2 the link', () => {
  test('is written and read', () => {
    expect(writeLocalLink(FILM)).toBe(LINK);
    expect(readLocalLink(LINK)).toEqual(FILM);
    expect(knownKind('local')).toBe('local');
  });

  test.each(['Amélie & Co = 100%?.mp4', '千と千尋.mkv', '🎬 film.webm', 'a#b/c\\d.mp4', "it's (1).mp4"])('keeps the name %s', (name) => {
    expect(readLocalLink(writeLocalLink({ ...FILM, name }))).toEqual({ ...FILM, name });
  }); // prettier-ignore

  test.each([
    ['\u202Egpj.mp4', 'gpj.mp4'],
    ['a\u0000b\n.mp4', 'ab.mp4'],
    ['\ud83d.mp4', '.mp4'],
    ['   ', 'Film'],
    ['', 'Film'],
    ['🎬'.repeat(300), '🎬'.repeat(200)],
  ])('%j is shared as a name that a link can hold', (name, shared) => {
    expect(sharedName(name)).toBe(shared);
    expect(readLocalLink(writeLocalLink({ ...FILM, name }))?.name).toBe(shared);
  });

  test.each([
    'https://films.example/a.mp4',
    '',
    LINK.replace('local:', 'LOCAL:'),
    ` ${LINK}`,
    `${LINK}&more=1`,
    `${LINK}\n`,
    LINK.replace(hex('c'), hex('C')),
    LINK.replace(hex('c'), 'c'.repeat(63)),
    LINK.replace(`.${hex('c')}`, ''),
    LINK.replace('size=1400000000', 'size=0'),
    LINK.replace('size=1400000000', 'size=-5'),
    LINK.replace('size=1400000000', 'size=1e9'),
    LINK.replace('size=1400000000', 'size=9999999999999999'),
    LINK.replace('duration=5525.12', 'duration=0'),
    LINK.replace('duration=5525.12', 'duration=0.000'),
    LINK.replace('duration=5525.12', 'duration=1.2345'),
    LINK.replace('duration=5525.12', 'duration=Infinity'),
    LINK.replace('My%20film.mp4', ''),
    LINK.replace('My%20film.mp4', '%E0%A4'),
    LINK.replace('My%20film.mp4', 'a'.repeat(201)),
    LINK.replace('name=My%20film.mp4&', ''),
  ])('%s is no such link', (link) => expect(readLocalLink(link)).toBeNull());

  test('a hostile name becomes a name without control and direction marks', () => {
    expect(readLocalLink(LINK.replace('My%20film.mp4', 'a%00%E2%80%AEb%0A.mp4'))?.name).toBe('ab.mp4');
  });

  test('a duration has three decimals', () => expect(linkDuration(1.23456)).toBe(1.235));

  test('has a title, made of the name', () => {
    expect(titleOfLink(LINK)).toBe('My film');
    expect(titleOfLink(LINK.replace('My%20film.mp4', 'my.best_film.2024.mkv'))).toBe('My best film 2024');
    expect(titleOfLink(LINK.replace('My%20film.mp4', '%E0%A4'))).toBe('%E0%A4');
    expect(titleOfLink('local:name=&size=1')).toBe('Film');
  });

  test('is no link that a viewer pastes', () => expect(readVideoLink(LINK).ok).toBe(false));
});

const SHOWN = roomFilm(LINK, () => null)!;
const fromLibrary = (length: number | null) => roomFilm('library:id', () => length)!;

describe('OC6 a film of the library', () => {
  test('is found by its id, and has no file that everybody plays', () => {
    expect([fromLibrary(5).key, fromLibrary(5).original, fromLibrary(5).length()]).toEqual(['library:id', null, 5]);
    expect([SHOWN.key, SHOWN.original]).toEqual([contentKey(FILM), FILM]);
    expect(roomFilm('https://films.example/a.mp4', () => 5)).toBeNull();
  });

  test.each([
    [100, 100, 'cut'],
    [100, 102, 'cut'],
    [100, 97.999, 'mismatch'],
    [null, 100, 'unknown'],
  ] as const)('of %d s and a file of %d s: %s', (film, copy, how) => {
    expect(compareLengths(film, copy)).toBe(how);
    expect(fromLibrary(film).compare({ ...FILM, duration: copy })).toBe(how);
  });
});

describe('OC3 comparing', () => {
  test.each([
    [{ name: 'other.mp4' }, 'match'],
    [{ name: 'other.mp4', duration: 5525.9 }, 'match'],
    [{ size: 1_400_000_001 }, 'cut'],
    [{ hashes: [hex('a'), hex('b'), hex('d')] }, 'cut'],
    [{ size: 1, duration: 5527.12 }, 'cut'],
    [{ size: 1, duration: 5523.12 }, 'cut'],
    [{ size: 1, duration: 5527.121 }, 'mismatch'],
    [{ size: 1, duration: 5523.119 }, 'mismatch'],
  ] as const)('%j is a %s', (over, comparison) => expect(compare(FILM, { ...FILM, ...over })).toBe(comparison));

  test('the key of a content is that of its size and its hashes', () => {
    expect(contentKey(FILM)).toBe(contentKey({ ...FILM, name: 'x', duration: 1 } as Fingerprint));
    expect(contentKey(FILM)).not.toBe(contentKey({ ...FILM, size: 1 }));
  });
});

describe('words', () => {
  test.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [12_345_678, '12 MB'],
    [999_600, '1.0 MB'],
    [1_400_000_000, '1.4 GB'],
    [9e15, '9000 TB'],
  ])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes).replace('\u00a0', ' ')).toBe(text));

  test('a film is described by its length and size', () => expect(aboutFile(FILM)).toBe('1:32:05, 1.4\u00a0GB'));

  test('lengths differ in words', () => {
    expect(mismatchText({ ...FILM, duration: 5402 }, SHOWN)).toContain('is 1:30:02 long, and the film is 1:32:05');
    expect(mismatchText({ ...FILM, duration: 12.9 }, fromLibrary(12.2))).toContain('is 12.9 s long, and the film is 12.2 s');
  }); // prettier-ignore

  test('the same file needs no words, others do', () => {
    const of = (comparison: Comparison, film = SHOWN) => differenceText(comparison, { ...FILM, duration: 60 }, film);
    expect(of('match')).toBe('');
    expect(of('cut')).toContain('another file of the same length');
    expect(of('mismatch')).toContain('Your copy is 1:00 long, and the film is 1:32:05');
    expect(of('unknown', fromLibrary(null))).toContain('not known yet how long the film is');
  });

  test('OC6 nothing is called the same file as what the server sends, nor another one', () => {
    expect(differenceText('cut', FILM, fromLibrary(FILM.duration))).toMatch(/^Your copy is as long as the film\. If/);
  });

  test('every lack of a copy has words of its own', () => {
    const all = (['permission', 'again', 'gone', 'changed', 'unplayable'] as const).map((why) =>
      missingText({ why, name: 'a.mp4' }),
    );
    const titles = [missingText({ why: 'unchosen' }), ...all].map(({ title }) => title);
    expect(new Set(titles).size).toBe(6);
    for (const { name, text } of all) expect([name, text !== '']).toEqual(['a.mp4', true]);
  });
});

describe('offsets', () => {
  test.each([
    [1.234, 1.23],
    [-0.001, 0],
    [Number.NaN, 0],
    [1e9, OFFSET_MAX_S],
    [-1e9, -OFFSET_MAX_S],
  ])('%d is bounded to %d', (given, bounded) => expect(boundedOffset(given)).toBe(bounded));

  test.each([
    [0, 'no offset'],
    [1.5, '1.5 s further on'],
    [-0.25, '0.25 s further back'],
  ])('%d in words', (seconds, text) => expect(offsetText(seconds)).toBe(text));

  test('are kept per film on this device, the last 50', () => {
    const storage = new MemoryStorage();
    const first = createOffsets(storage);
    first.set('film', 1.5);
    for (let i = 0; i < 49; i++) first.set(`film ${i}`, -1);
    expect([createOffsets(storage).of('film'), createOffsets(storage).of('none')]).toEqual([1.5, 0]);
    first.set('one more', 2);
    expect([createOffsets(storage).of('film'), createOffsets(storage).of('one more')]).toEqual([0, 2]);
    first.set('one more', 0);
    expect(createOffsets(storage).of('one more')).toBe(0);
  });

  test.each(['not json', '{}', '[["film"], 5, [1, 2], ["film", "x"]]', '[["other", 1e99]]'])('%s in the storage does no harm', (kept) => {
    const storage = new MemoryStorage();
    storage.setItem('wnc.copy-offsets', kept);
    const offsets = createOffsets(storage);
    expect(offsets.of('film')).toBe(0);
    expect(offsets.of('other')).toBeLessThanOrEqual(OFFSET_MAX_S);
  }); // prettier-ignore

  test('work without a storage', () => {
    const offsets = createOffsets({
      getItem: () => null,
      setItem: () => {
        throw new Error('refused');
      },
    });
    offsets.set('film', 1);
    expect(offsets.of('film')).toBe(1);
  });
});
