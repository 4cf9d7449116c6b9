import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cases, FILE, siteLinks, toText } from '../scripts/links-fuzz.mjs';
import { bareLink, LINK_MAX } from '../src/protocol/links';
import { type ProviderVideo, providerVideo } from '../src/protocol/provider-video';
import { readVideoLink } from '../src/protocol/video-link';

interface Row {
  section: string;
  link: string;
  kind?: string;
  url?: string;
  parts?: string[];
  start?: number;
  refused?: true;
  reason?: string;
  browsers?: true;
}
interface Corpus {
  links: Row[];
  pasted: { text: string; url?: string; refused?: true; reason?: string }[];
  origins: { text: string; origin?: string; refused?: true }[];
}

/** The corpus that the server's LinkCorpusTest also reads. */
const corpus = JSON.parse(readFileSync(new URL('../../testdata/links.json', import.meta.url), 'utf8')) as Corpus;

/** The page assumes https for a link without a scheme; the server does not guess. */
const schemeless = (link: string) => !/^[\s\p{C}]*["'<`(«‘“‹「]*[\s\p{C}]*h[\s]*t/iu.test(link);

/** The parts of a provider's video in the order of the corpus. */
function partsOf(video: ProviderVideo | null): string[] {
  switch (video?.kind) {
    case undefined:
      return [];
    case 'youtube':
    case 'dailymotion':
      return [video.id];
    case 'vimeo':
      return video.hash === null ? [video.id] : [video.id, video.hash];
    case 'twitch':
      return [video.type, video.id];
    case 'peertube':
      return [video.origin, video.id];
  }
}

describe('MD2 the corpus of links', () => {
  const held = corpus.links.filter((row) => row.browsers !== true);
  test('has been read', () => expect(held.length).toBeGreaterThan(700));

  test.each(held.filter((row) => row.refused !== true))('$section: $link', ({ link, kind, url, parts = [] }) => {
    expect(new URL(bareLink(link)).href.replace('//@', '//').replace('//:@', '//')).toBe(url);
    const read = readVideoLink(link);
    expect(read).toMatchObject({ ok: true, kind });
    // The normal form reads the same again.
    if (read.ok) expect(readVideoLink(read.url)).toEqual(read);
    if (read.ok) expect(partsOf(providerVideo(read.url))).toEqual(parts);
  });

  test.each(held.filter((row) => row.refused === true))('$section, refused: $link', ({ link, reason }) => {
    const read = readVideoLink(link);
    if (read.ok) expect(schemeless(link), read.url).toBe(true);
    else expect(read).toMatchObject({ problem: expect.stringMatching(/\w+/), ...(reason !== undefined && { reason }) });
  });
});

test.each(corpus.pasted)('MD2 pasted: $text', ({ text, url, reason }) => {
  const read = readVideoLink(text);
  if (url === undefined) expect(read).toMatchObject({ ok: false, ...(reason !== undefined && { reason }) });
  else expect(read).toMatchObject({ ok: true, url });
});

test.each(corpus.origins.filter((row) => row.origin !== undefined))('TR20 origin $text', ({ text, origin }) => {
  expect(new URL(text).origin).toBe(origin);
});

test("MD2 the random addresses of the server's test are those of this reader", () => {
  expect(readFileSync(FILE, 'utf8')).toBe(toText(cases()));
});

test("MD1 the random links to video sites of the server's test are read so here", async () => {
  const rows = siteLinks().map((link): [string, string] => {
    const read = readVideoLink(link);
    return [link, read.ok ? [read.kind, ...partsOf(providerVideo(read.url))].join(' ') : `!${read.reason}`];
  });
  const found = new Set(rows.map(([, reading]) => reading.split(' ')[0]));
  expect([...found]).toEqual(expect.arrayContaining(['youtube', 'vimeo', 'twitch', 'dailymotion', 'peertube', 'video']));
  await expect(toText(rows)).toMatchFileSnapshot('../../testdata/links-fuzz-sites.json');
});

test('RL22 long pasted texts are read in linear time', () => {
  const started = performance.now();
  for (const piece of ['(', '[', '*', ')', '](', 'https://', '?', '/w/', ' ', '%', 'a.', '=&']) {
    for (const text of [piece.repeat(32_000 / piece.length), `x https://a.example/${piece.repeat(15_000 / piece.length)}`])
      readVideoLink(text);
  }
  expect(performance.now() - started).toBeLessThan(2000);
});

test('MD2 a link that is too long is rejected with both lengths', () => {
  expect(LINK_MAX).toBe(4096);
  expect(readVideoLink(`https://films.example/${'a'.repeat(4100)}.mp4`)).toEqual({
    ok: false,
    reason: 'too_long',
    problem: expect.stringMatching(/4,126 characters.*4,096/),
  });
});
