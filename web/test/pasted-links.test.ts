import { describe, expect, test } from 'vitest';
import { readPastedLinks } from '../src/queue/pasted-links';

const A = 'https://films.example/a.mp4';
const B = 'https://films.example/b.webm';
const urls = (text: string) => readPastedLinks(text).films.map((film) => film.url);

describe('pasted links', () => {
  test.each([
    [A, [A]],
    [`${A}\n${B}`, [A, B]],
    [`${A}\r\n\r\n  ${B}  `, [A, B]],
    [`${A} ${B}`, [A, B]],
    [`first ${A}, then ${B}.`, [A, B]],
    [`"${A}"`, [A]],
    [`Look at this: ${A}!`, [A]],
    ['films.example/a.mp4, films.example/b.webm', [A, B]],
    ['youtu.be/dQw4w9WgXcQ', ['https://youtu.be/dQw4w9WgXcQ']],
    [`${A}\n${B}\n${A}`, [A, B]],
    ['', []],
  ])('%j', (text, found) => expect(urls(text)).toEqual(found));

  test('an address within an address is one link', () => {
    expect(urls('https://films.example/a.mp4?from=https://b.example/c.mp4')).toHaveLength(1);
  });

  test('a list of 500 is read in its order', () => {
    const list = Array.from({ length: 500 }, (_, n) => `https://films.example/${n}.mp4`);
    expect(urls(list.join('\n'))).toEqual(list);
  });

  test('what is no film is named with the reason, and the others are taken', () => {
    const { films, rejected } = readPastedLinks(`${A}\nhello there\nhttps://films.example/page.html\n${B}`);
    expect(films.map((film) => film.url)).toEqual([A, B]);
    expect(rejected.map((one) => one.text)).toEqual(['hello there', 'https://films.example/page.html']);
    expect(rejected[0]!.problem).toContain('does not look like a link');
    expect(rejected[1]!.problem).toContain('page, not a film');
  });

  test('a link that does not name its kind has to be tried', () => {
    expect(readPastedLinks('https://films.example/watch-me').films).toEqual([
      { url: 'https://films.example/watch-me', sure: false },
    ]);
  });
});
