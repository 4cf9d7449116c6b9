import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kindOf, readVideoLink, titleOfLink, youtubeId } from '../src/protocol/video-kind';

/** The table of the server's own test of MD1: both sides read links alike. */
const table = readFileSync(new URL('../../party/src/test/resources/links.csv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const cut = line.lastIndexOf('|');
    const raw = line.slice(0, cut).trim().replace(/^"(.*)"$/, '$1'); // prettier-ignore
    const link = raw.replace(/\{u([0-9A-Fa-f]{4})\}/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
    return { link, kind: line.slice(cut + 1).trim() };
  });

describe('MD1 the table of the server', () => {
  test('has been read', () => expect(table.length).toBeGreaterThan(100));

  const known = table.filter((row) => row.kind !== 'REFUSED');
  test.each(known)('$link is $kind', ({ link, kind }) => {
    expect(readVideoLink(link)).toMatchObject({ ok: true, kind: kind.toLowerCase() });
  });

  const refused = table.filter((row) => row.kind === 'REFUSED');
  test.each(refused)('$link is refused, or mended before it is sent', ({ link }) => {
    const read = readVideoLink(link);
    if (!read.ok) {
      expect(read.problem).toMatch(/\w+/);
      return;
    }
    // Whoever leaves out "https://" or types a space means a link all the same: what is sent is another text than the refused one.
    expect(read.url).not.toBe(link);
    expect(read.url).toMatch(/^https?:\/\/[a-z0-9.[\]:-]+\//);
    expect(readVideoLink(read.url)).toEqual(read);
  });
});

test.each([
  ['', /Paste a link/],
  ['hello', /does not look like a link/],
  ['javascript:alert(1)', /./],
  ['ftp://films.example/a.mp4', /http/],
  ['https://www.youtube.com/@somebody', /no single video/],
  ['https://films.example/a.mkv', /\.mkv/],
  ['https://films.example/page', /a page, not a film/],
])('%s is refused in words for a person', (raw, why) => {
  expect(readVideoLink(raw)).toEqual({ ok: false, problem: expect.stringMatching(why) });
});

test.each([
  ['https://films.example/My%20Film_2024.mp4', /My Film/],
  ['https://films.example/100%.mp4', /100%/],
  ['https://youtu.be/dQw4w9WgXcQ', /YouTube/],
  ['https://films.example/%3Cimg%20src=x%3E.mp4', /<img src=x>/],
])('%s has a title for people', (link, title) => expect(titleOfLink(link)).toMatch(title));

test('the id of a YouTube link, in whatever form', () => {
  for (const link of [
    'https://youtu.be/dQw4w9WgXcQ?t=5',
    'https://www.youtube.com/shorts/dQw4w9WgXcQ',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=x',
  ]) {
    expect(youtubeId(new URL(link))).toBe('dQw4w9WgXcQ');
  }
});

test('the word of the server on the kind counts, else the link', () => {
  expect(kindOf('hls', 'https://films.example/a.mp4')).toBe('hls');
  expect(kindOf(null, 'https://films.example/a.mp4')).toBe('video');
  expect(kindOf('hologram', 'https://films.example/a.mp4')).toBe('video');
  expect(kindOf('hologram', 'https://films.example/')).toBeNull();
});
