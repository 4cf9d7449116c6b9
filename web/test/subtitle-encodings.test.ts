/** The encoding of a subtitle file is found, or guessed with the browser's languages, and can be chosen. */
import { describe, expect, test } from 'vitest';
import { ENCODINGS, decode } from '../src/subtitles/decode';
import { readCorpus, textOf } from './support/subtitle-files';

const FIRST: [name: string, encoding: string, languages: string[], text: string][] = [
  ['french.srt', 'windows-1252', ['fr'], 'Où étiez-vous à Noël ?'],
  ['czech.srt', 'windows-1250', ['cs-CZ', 'en'], 'Příliš žluťoučký kůň úpěl'],
  ['russian.srt', 'windows-1251', ['ru'], 'Где вы были вчера вечером?'],
  ['greek.srt', 'windows-1253', ['el'], 'Πού ήσουν χθες το βράδυ;'],
  ['turkish.srt', 'windows-1254', ['tr'], 'Dün gece neredeydiniz?'],
  ['hebrew.srt', 'windows-1255', ['he'], 'איפה היית אתמול בערב?'],
  ['arabic.srt', 'windows-1256', ['ar'], 'أين كنت مساء أمس؟'],
  ['japanese.srt', 'shift_jis', ['ja'], '昨日の夜はどこにいましたか。'],
  ['korean.srt', 'euc-kr', ['ko'], '어젯밤에 어디에 있었습니까?'],
  ['chinese-simplified.srt', 'gb18030', ['zh-CN'], '昨天晚上你在哪里？'],
  ['chinese-traditional.srt', 'big5', ['zh-TW'], '昨天晚上你在哪裡？'],
];

describe('a guess', () => {
  test.each(FIRST)('%s is %s with the language %j', (name, encoding, languages, text) => {
    const file = readCorpus(name, { languages });
    expect([file.encoding, file.guessed, textOf(file.cues[0]!)]).toEqual([encoding, true, text]);
  });

  test.each(FIRST.filter(([, encoding]) => !['windows-1250', 'windows-1254'].includes(encoding)))(
    '%s is %s also when the browser is in English',
    (name, encoding, _, text) => {
      const file = readCorpus(name, { languages: ['en-US'] });
      expect([file.encoding, textOf(file.cues[0]!)]).toEqual([encoding, text]);
    },
  );

  test('a UTF-8 file with a fault is still UTF-8', () => {
    const file = readCorpus('utf8-with-a-fault.srt', { languages: ['ru'] });
    expect([file.encoding, textOf(file.cues[0]!)]).toEqual(['utf-8', 'Где вы были вчера вечером?']);
  });
});

test.each([
  ['bom.srt', 'utf-8', 'First line\nSecond line'],
  ['crlf.srt', 'utf-8', 'First line\nSecond line'],
  ['utf16le.srt', 'utf-16le', 'Где вы были вчера вечером?'],
  ['utf16be.srt', 'utf-16be', '昨日の夜はどこにいましたか。'],
  ['utf16le-bom.srt', 'utf-16le', 'Où étiez-vous à Noël ?'],
])('%s is %s without a guess', (name, encoding, text) => {
  const file = readCorpus(name, { languages: ['ko'] });
  expect([file.encoding, file.guessed, textOf(file.cues[0]!)]).toEqual([encoding, false, text]);
});

test('a viewer can choose another encoding', () => {
  const wrong = readCorpus('czech.srt', { languages: ['en'] });
  expect([wrong.encoding, textOf(wrong.cues[0]!)]).not.toContain('Příliš žluťoučký kůň úpěl');
  const right = readCorpus('czech.srt', { languages: ['en'], encoding: 'windows-1250' });
  expect(textOf(right.cues[0]!)).toBe('Příliš žluťoučký kůň úpěl');
});

test.each(ENCODINGS.map(({ encoding }) => encoding))('no bytes fail in %s', (encoding) => {
  const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256);
  expect(decode(bytes, [], encoding).encoding).toBe(encoding);
});

test('an empty file, and one of zeros, are decoded', () => {
  expect(decode(new Uint8Array(0), ['en'])).toEqual({ text: '', encoding: 'utf-8', guessed: false });
  expect(decode(new Uint8Array(64), ['en']).text.length).toBeGreaterThan(0);
});

test('a character that is cut at the end does not change the encoding', () => {
  const bytes = new TextEncoder().encode(`00:00:01,000 --> 00:00:02,000\n${'é'.repeat(100)}`);
  expect(decode(bytes.subarray(0, -1), ['ru']).encoding).toBe('utf-8');
});
