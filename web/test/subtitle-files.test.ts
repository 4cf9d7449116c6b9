/** Subtitle files as they exist, read into cues. */
import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT_OUT } from '../src/subtitles/cue';
import { formatOf } from '../src/subtitles/format';
import { linesOf } from '../src/subtitles/lines';
import { readTiming } from '../src/subtitles/timing';
import { readCorpus, readText, rows, textOf } from './support/subtitle-files';

const TWO = [
  [1, 3.5, 'First line\nSecond line'],
  [4, 6, 'Somewhere else'],
];

describe('SRT', () => {
  test.each(['crlf.srt', 'cr-only.srt', 'bom.srt', 'dots.srt', 'no-empty-lines.srt', 'careless-times.srt', 'no-numbers.srt'])(
    '%s has two cues',
    (name) => {
      const file = readCorpus(name);
      expect([file.format, rows(file), file.leftOut]).toEqual(['srt', TWO, NOTHING_LEFT_OUT]);
    },
  );

  test('hours up to 99 count, later times are left out', () => {
    const file = readCorpus('long-hours.srt');
    expect(rows(file)).toEqual([[359_998, 359_999, 'Still on']]);
    expect(file.leftOut.brokenTimes).toBe(2);
  });

  test('tags of the closed list give a look, and all others are removed', () => {
    const [loud, colors, heart, unclosed] = readCorpus('tags.srt').cues;
    expect(loud).toMatchObject({
      place: 'top',
      align: 'center',
      lines: [
        [
          { text: 'Loud', bold: true },
          { text: ' and ' },
          { text: 'low ', italic: true },
          { text: 'under', italic: true, underline: true },
        ],
      ],
    });
    expect(colors!.lines[0]).toEqual([
      { text: 'Yellow', color: 'yellow' },
      { text: ' ' },
      { text: 'cyan', color: 'cyan' },
      { text: ' ' },
      { text: 'green', color: 'lime' },
    ]);
    expect(textOf(heart!)).toBe('I <3 you & 2 < 3 > 1 <b> &unknown; & gone');
    expect(unclosed!.lines).toEqual([
      [{ text: 'never closed', italic: true }],
      [
        { text: 'nor this', italic: true, bold: true },
        { text: ' one', bold: true },
      ],
    ]);
  });
});

describe('WebVTT', () => {
  const file = readCorpus('settings.vtt');

  test('notes, styles and regions are no cues', () => {
    expect(file.format).toBe('vtt');
    expect(rows(file)).toEqual([
      [1, 3, 'Up here'],
      [2.5, 5, 'Below, word by word'],
      [5, 7, '漢字を読む'],
      [7, 9, '<not a tag> &\u00a0\u200eok'],
    ]);
  });

  test('settings give place and alignment', () => {
    expect(file.cues.map(({ place, align }) => [place, align])).toEqual([
      ['top', 'start'],
      [null, 'end'],
      ['middle', 'center'],
      [null, 'center'],
    ]);
  });

  test('colour classes and readings are kept', () => {
    expect(file.cues[0]!.lines[0]).toEqual([{ text: 'Up ' }, { text: 'here', color: 'yellow' }]);
    expect(file.cues[2]!.lines[0]).toEqual([
      { text: '漢字', ruby: 'かんじ' },
      { text: 'を' },
      { text: '読', ruby: 'よ' },
      { text: 'む' },
    ]);
  });

  test('a cue follows a block without an empty line', () => {
    expect(rows(readText('WEBVTT\n\nNOTE x\n00:01.000 --> 00:02.000\nhello'))).toEqual([[1, 2, 'hello']]);
  });
});

describe('ASS and SSA', () => {
  test('styles, override tags and line breaks', () => {
    const file = readCorpus('styles.ass');
    expect(file.format).toBe('ass');
    expect(rows(file)).toEqual([
      [1, 3, 'Hello, you there\nsecond line'],
      [3, 5, 'On top'],
      [5, 7, 'Red plain same line\u00a0here'],
      [7, 9, 'A style that is not there'],
    ]);
    const [hello, top, red] = file.cues;
    expect(hello!.lines[0]).toEqual([{ text: 'Hello, ' }, { text: 'you', italic: true }, { text: ' there' }]);
    expect(top).toMatchObject({ place: 'top', lines: [[{ text: 'On top', bold: true, italic: true, color: 'yellow' }]] });
    expect(red).toMatchObject({ place: 'top', align: 'start' });
    expect(red!.lines[0]![0]).toEqual({ text: 'Red', color: 'red' });
  });

  test('positions become places; karaoke is text; drawings and unseen text are not shown', () => {
    const file = readCorpus('typeset.ass');
    expect(rows(file).map(([, , text]) => text)).toEqual(['SIGN', 'karaoke', 'moving', 'seen', 'bold']);
    expect(file.cues.map(({ place }) => place)).toEqual(['top', null, 'middle', null, null]);
  });

  test('SSA numbers its alignments in another way', () => {
    const file = readCorpus('old.ssa');
    expect(rows(file)).toEqual([
      [1, 3, 'Below'],
      [3, 5, 'Above'],
    ]);
    expect(file.cues.map(({ place }) => place)).toEqual([null, 'top']);
  });

  test('what the library fails at is left out, and the rest is shown', () => {
    const file = readCorpus('broken.ass');
    expect(rows(file)).toEqual([[6, 7, 'five']]);
    expect(file.leftOut.brokenTimes).toBeGreaterThanOrEqual(4);
  });
});

describe('the format is recognised by the content', () => {
  test.each([
    ['\n\nWEBVTT\n\n', 'vtt'],
    ['WEBVTTX\n00:01 --> 00:02', 'srt'],
    ['[Script Info]\n', 'ass'],
    ['Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,hi', 'ass'],
    ['1\r\n00:00:01,000 --> 00:00:02,000\r\nhi', 'srt'],
    ['{100}{200}MicroDVD', null],
    ['<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"/>', null],
    ['An arrow --> in a text', null],
    ['', null],
  ])('%j is %s', (text, format) => expect(formatOf(text)).toBe(format));
});

test.each([
  ['00:00:01,000 --> 00:00:02,000', 1, 2],
  ['01:02.5 --> 01:03.25 line:0 align:start', 62.5, 63.25],
  ['1:00:00.000-->1:00:01.000', 3600, 3601],
  ['00:00:01:500 --> 00:00:02:500', 1.5, 2.5],
  ['-00:00:01,000 --> 00:00:02,000', -1, 2],
])('times of %j', (line, start, end) => expect(readTiming(line)).toMatchObject({ start, end }));

test.each(['', '1', 'a --> b', '--> 00:00:02,000', 'x 00:00:01,000 --> 00:00:02,000', '<b>00:00:01 --> 00:00:02'])(
  '%j has no times',
  (line) => expect(readTiming(line)).toBeNull(),
);

test.each([
  ['a\nb\r\nc\rd', ['a', 'b', 'c', 'd']],
  ['\n\n', ['', '']],
  ['\r\n\r\n', ['', '']],
  ['a\r', ['a']],
  ['', []],
])('lines of %j', (text, lines) => expect([...linesOf(text)]).toEqual(lines));
