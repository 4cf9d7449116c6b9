/** Hostile subtitle files are bounded and harmless. */
import { describe, expect, test } from 'vitest';
import { CUES_MAX, CUE_CHARS_MAX, FILE_BYTES_MAX, LINE_CHARS_MAX, TIME_MAX_S } from '../src/subtitles/cue';
import { leftOutText } from '../src/subtitles/left-out-text';
import { linesOf } from '../src/subtitles/lines';
import { type Marked, readMarkup } from '../src/subtitles/markup';
import { READ_MS_MAX, type ReadFile, readFile } from '../src/subtitles/read-file';
import { type Random, seededRandom } from './support/random';
import { readBytes, readCorpus, readText, rows, textOf } from './support/subtitle-files';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const time = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',');
const srt = (count: number, text = 'x') =>
  Array.from({ length: count }, (_, i) => `${time(i)} --> ${time(i + 500)}\n${text}\n\n`).join('');

/** Throws when a file breaks a bound that the page relies on. */
function check({ cues }: ReadFile): void {
  expect(cues.length).toBeLessThanOrEqual(CUES_MAX);
  let before = 0;
  for (const cue of cues) {
    expect(cue.start >= before && cue.end > cue.start && cue.end <= TIME_MAX_S).toBe(true);
    before = cue.start;
    const chars = cue.lines.flat().reduce((sum, span) => sum + span.text.length + (span.ruby?.length ?? 0), 0);
    expect(chars > 0 && chars <= CUE_CHARS_MAX).toBe(true);
    for (const span of cue.lines.flat()) {
      expect(Object.keys(span).every((key) => ['text', 'bold', 'italic', 'underline', 'color', 'ruby'].includes(key))).toBe(true);
    }
  }
}

test('markup, broken times and control characters', () => {
  const file = readCorpus('hostile.srt');
  check(file);
  expect(rows(file)).toEqual([
    [1, 3, 'alert(1)Hello'],
    [7, 9, '\u202eevil\u202c שלום, world مرحبا'],
    [9, 11, '<b>&#0;&#x110000;&#xd800;bold* { display: none }'],
  ]);
  expect(file.leftOut.brokenTimes).toBe(4);
});

describe('a bound', () => {
  test('a million cues: the first are shown, and a message says so', () => {
    const text = `1\n00:00:01,000 --> 00:00:02,000\nx\n\n`.repeat(250_000);
    const file = readText(text);
    expect([file.cues.length, file.leftOut.cues]).toEqual([CUES_MAX, true]);
    expect(leftOutText(file.leftOut).join(' ')).toContain('Only the first 20,000 lines are shown.');
  });

  test('as many cues as fit are all shown', () => {
    const file = readText(srt(CUES_MAX));
    expect([file.cues.length, file.leftOut.cues]).toEqual([CUES_MAX, false]);
  });

  test('more than 10 MB: the rest is not read', () => {
    const bytes = new Uint8Array(FILE_BYTES_MAX + 1000).fill(0x20);
    bytes.set(bytesOf('00:00:01,000 --> 00:00:02,000\nx\n\n'));
    bytes.set(bytesOf('\n00:00:03,000 --> 00:00:04,000\ny\n'), FILE_BYTES_MAX + 10);
    const file = readBytes(bytes) as ReadFile;
    expect([rows(file), file.leftOut.bytes]).toEqual([[[1, 2, 'x']], 1000]);
    expect(leftOutText(file.leftOut)).toEqual(['Only the first 10 MB of the file are read.']);
  });

  test('a cue of 10 MB in one line, and in a million lines', () => {
    const head = '00:00:01,000 --> 00:00:02,000\n';
    for (const body of ['x'.repeat(10_000_000), 'x\n'.repeat(1_000_000)]) {
      const file = readText(head + body);
      check(file);
      expect(file.cues).toHaveLength(1);
    }
    expect(readText(head + 'x'.repeat(CUE_CHARS_MAX + 1)).leftOut.longCues).toBe(1);
    expect(readText(head + 'x'.repeat(CUE_CHARS_MAX)).leftOut.longCues).toBe(0);
  });

  test('a cut does not divide a character', () => {
    const file = readText(`00:00:01,000 --> 00:00:02,000\nx${'😀'.repeat(CUE_CHARS_MAX)}`);
    expect(() => encodeURIComponent(textOf(file.cues[0]!))).not.toThrow();
  });

  test('a file that takes too long ends where it is', () => {
    let now = 0;
    const bytes = bytesOf(srt(15_000));
    const file = readFile(
      bytes,
      { languages: [], encoding: null, size: bytes.length },
      () => (now += READ_MS_MAX / 2),
    ) as ReadFile;
    expect(file.leftOut.slow).toBe(true);
    expect(file.cues.length).toBeGreaterThan(0);
    expect(file.cues.length).toBeLessThan(15_000);
  });

  test('long lines are cut', () => {
    expect([...linesOf('x'.repeat(LINE_CHARS_MAX * 3))][0]).toHaveLength(LINE_CHARS_MAX);
  });
});

/** Files made to keep a reader busy: each has some megabytes of one thing. */
describe('a hostile file takes no more than some seconds', () => {
  const MB = 1024 * 1024;
  const fill = (head: string, part: string, size = 3 * MB) => head + part.repeat(Math.ceil(size / part.length));
  const ass = '[Events]\n';
  const event = 'Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,';
  test.each([
    ['open tags', fill('00:00:01,000 --> 00:00:02,000\n', '<')],
    ['nested tags', fill('00:00:01,000 --> 00:00:02,000\n', '<b><i>')],
    ['tag names', fill('00:00:01,000 --> 00:00:02,000\n', '<a')],
    ['arrows', fill('00:00:01,000 --> 00:00:02,000\n', '-->')],
    ['times in a line', fill('00:00:01,000 --> 00:00:02,000\n', '00:00:01,000 --> ')],
    ['minus signs', fill('00:00:01,000 --> 00:00:02,000\n', `${'-'.repeat(7000)}\n`)],
    ['spaces in times', fill('00:00:01,000 --> 00:00:02,000\n', `1${' '.repeat(3900)}1${' '.repeat(3900)}-->\n`)],
    ['entities', fill('00:00:01,000 --> 00:00:02,000\n', '&amp;')],
    ['returns', fill('00:00:01,000 --> 00:00:02,000\n', '\r')],
    ['zeros', fill('00:00:01,000 --> 00:00:02,000\n', '\0')],
    ['open braces', fill(ass, `${event}${'{'.repeat(7000)}\n`)],
    ['braces', fill(ass, `${event}${'{}'.repeat(3500)}\n`)],
    ['override tags', fill(ass, `${event}${'{\\b1}x'.repeat(1000)}\n`)],
    ['transforms', fill(ass, `${event}{${'\\t('.repeat(2000)}}x\n`)],
    ['drawings', fill(ass, `${event}{\\p1}${'m 0 0 s 1 1 '.repeat(600)}\n`, MB)],
    ['commas', fill(ass, `${event}${','.repeat(7000)}\n`)],
    ['styles', fill('[V4+ Styles]\nFormat: Name\n', 'Style: x\n', MB) + fill(ass, `${event}x\n`, MB)],
    ['sections', fill('[Script Info]\n', '[Events]\n[V4+ Styles]\n')],
  ])('%s', (_, text) => {
    const from = performance.now();
    const bytes = bytesOf(text);
    const file = readFile(bytes, { languages: ['en'], encoding: null, size: bytes.length }, () => performance.now());
    if (file.format !== null) check(file);
    expect(performance.now() - from).toBeLessThan(2 * READ_MS_MAX);
  });
});

const PIECES = [
  '1\n', '\n', '\r\n', '00:00:01,000 --> 00:00:02,000\n', '00:00:0', ' --> ', '-->', 'WEBVTT\n', 'NOTE ', 'STYLE\n', 'hello ',
  '<b>', '</b>', '<font color="#', '">', '<ruby>', '<rt>', '&amp;', '&#', ';', '{\\an8}', '{\\', '}', '[Events]\n', '[Script Info]\n',
  'Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,', 'Format: ', ',', 'Style: ', '\\N', '\\pos(', '\\t(', '\\p1', 'm 0 0 ', '\u202e',
  'שלום', '😀', '\ud800', '\0', '1e308', 'NaN', '-1', '99999999',
]; // prettier-ignore

function randomFile(random: Random): string {
  return Array.from({ length: random.whole(1, 200) }, () => random.pick(PIECES)).join('');
}

test('random files hold every bound', () => {
  for (let seed = 1; seed <= 1500; seed++) {
    const random = seededRandom(seed);
    const prefix = random.pick(['', 'WEBVTT\n\n', '[Script Info]\n[Events]\n', '00:00:01,000 --> 00:00:02,000\n']);
    const file = readBytes(bytesOf(prefix + randomFile(random)));
    if (file.format !== null) check(file);
  }
});

test('random bytes hold every bound, in every encoding', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed);
    const noise = Uint8Array.from({ length: 600 }, () => random.whole(0, 255));
    const bytes = new Uint8Array([...bytesOf('00:00:01,000 --> 00:00:02,000\n'), ...noise]);
    const file = readBytes(bytes, { languages: [random.pick(['en', 'ru', 'ja', 'cs', 'ar'])] });
    if (file.format !== null) check(file);
  }
});

test('markup that was read is text: reading the escaped text again gives the same', () => {
  const textOfLines = (marked: Marked) =>
    marked.lines.map((line) => line.map((span) => span.text + (span.ruby ?? '')).join('').trim()).join('\n'); // prettier-ignore
  for (let seed = 1; seed <= 500; seed++) {
    const text = textOfLines(readMarkup(randomFile(seededRandom(seed))));
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('{', '&#123;');
    expect(textOfLines(readMarkup(escaped))).toBe(text);
  }
});
