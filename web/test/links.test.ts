import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cases, FILE, toText } from '../scripts/links-fuzz.mjs';
import { bareLink, LINK_MAX } from '../src/protocol/links';
import { readVideoLink } from '../src/protocol/video-kind';

interface Corpus {
  links: { section: string; link: string; kind?: string; url?: string; start?: number; refused?: true; browsers?: true }[];
  pasted: { text: string; url?: string; refused?: true }[];
  origins: { text: string; origin?: string; refused?: true }[];
}

/** The corpus that the server's LinkCorpusTest also reads. */
const corpus = JSON.parse(readFileSync(new URL('../../testdata/links.json', import.meta.url), 'utf8')) as Corpus;

/** The page assumes https for a link without a scheme; the server does not guess. */
const schemeless = (link: string) => !/^[\s\p{C}]*["'<`(«‘“‹「]*[\s\p{C}]*h[\s]*t/iu.test(link);

describe('MD2 the corpus of links', () => {
  const held = corpus.links.filter((row) => row.browsers !== true);
  test('has been read', () => expect(held.length).toBeGreaterThan(400));

  test.each(held.filter((row) => row.refused !== true))('$section: $link', ({ link, kind, url }) => {
    expect(new URL(bareLink(link)).href.replace('//@', '//').replace('//:@', '//')).toBe(url);
    const read = readVideoLink(link);
    expect(read).toMatchObject({ ok: true, kind });
    // The normal form reads the same again.
    if (read.ok) expect(readVideoLink(read.url)).toEqual(read);
  });

  test.each(held.filter((row) => row.refused === true))('$section, refused: $link', ({ link }) => {
    const read = readVideoLink(link);
    if (read.ok) expect(schemeless(link), read.url).toBe(true);
    else expect(read.problem).toMatch(/\w+/);
  });
});

test.each(corpus.pasted)('MD2 pasted: $text', ({ text, url }) => {
  const read = readVideoLink(text);
  if (url === undefined) expect(read.ok, JSON.stringify(read)).toBe(false);
  else expect(read).toMatchObject({ ok: true, url });
});

test.each(corpus.origins.filter((row) => row.origin !== undefined))('TR20 origin $text', ({ text, origin }) => {
  expect(new URL(text).origin).toBe(origin);
});

test("MD2 the random addresses of the server's test are those of this reader", () => {
  expect(readFileSync(FILE, 'utf8')).toBe(toText(cases()));
});

test('MD2 a link that is too long is rejected with both lengths', () => {
  expect(LINK_MAX).toBe(4096);
  expect(readVideoLink(`https://films.example/${'a'.repeat(4100)}.mp4`)).toEqual({
    ok: false,
    problem: expect.stringMatching(/4,126 characters.*4,096/),
  });
});
