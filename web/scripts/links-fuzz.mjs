/**
 * Random addresses from a seed, with the results of `new URL`: test cases for the server's own address reader.
 *
 * `node scripts/links-fuzz.mjs` writes ../testdata/links-fuzz.json. Also random links to video sites, which
 * test/links.test.ts reads and writes to ../testdata/links-fuzz-sites.json.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const SEED = 20_240_614;
export const COUNT = 5_000;
export const FILE = fileURLToPath(new URL('../../testdata/links-fuzz.json', import.meta.url));

/** Mulberry32. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Without '^': editions of the standard differ in whether a path encodes it.
const PUNCTUATION = ' !"#$%&\'()*+,-./:;<=>?@[\\]_`{|}~';
// Letters that all editions of UTS #46 map alike, with marks, joiners and ignored ones.
const LETTERS = 'aAzZ019ßüÜéΣςσфФ४क्ष例え한글ﬁⅣ①ａ．。｡\u0301\u0308\u00ad\u200b\u200c\u200d\u2060\ufeff🎬\ud835\udc00';
// In hosts of their own, because Node 20 does not enforce the Bidi rule.
const RIGHT_TO_LEFT = 'אב\u05b0ن\u0628ا';
const SCHEMES = ['http:', 'https:', 'HTTPS:', 'ht\ttp:', 'ftp:', 'javascript:', 'http', '', 'https'];
const SLASHES = ['//', '//', '//', '//', '/', '', '///', '\\\\', '/\\', '/\t/'];
const NUMBERS = [
  '0',
  '1',
  '7',
  '08',
  '010',
  '0x',
  '0x7f',
  '0XfF',
  '255',
  '256',
  '65535',
  '65536',
  '4294967295',
  '4294967296',
  '1e3',
];
const PIECES = ['0', '1', 'db8', 'DB8', '00ff', 'ffff', '12345', 'g', '', '', '1.2.3.4', '255.255.255.255', '1.2.3'];
const LABELS = [
  'films',
  'my_nas',
  'xn--bcher-kva',
  'XN--STRAE-OQA',
  'xn--',
  'xn--a',
  'bücher',
  'straße',
  'example',
  'a-b',
  '',
  '-',
  'youtube',
];
const ENCODED = ['%2e', '%2E', '%41', '%00', '%2f', '%zz', '%', '%c3%bc', '%ff', '%e2%80%8b', '%40', '%3a'];

/** Returns the cases of a seed: the text, and its normal form without user name and password, or null when invalid. */
export function cases(seed = SEED, count = COUNT) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const many = (max, make) => Array.from({ length: Math.floor(next() * (max + 1)) }, make);
  const chars = [...PUNCTUATION, ...LETTERS, '\t', '\n', '\r', '\u0000', '\u001f', '\u007f', '\u0085', '\ud800'];
  const text = (max) => many(max, () => (next() < 0.15 ? pick(ENCODED) : pick(chars))).join('');
  const hosts = [
    () => many(3, () => pick(LABELS)).join('.') + pick(['', '', '.']),
    () => many(4, () => pick(NUMBERS)).join('.') + pick(['', '', '.']),
    () => `[${many(8, () => pick(PIECES)).join(':')}]`,
    () => `[${pick(PIECES)}::${many(6, () => pick(PIECES)).join(':')}]`,
    () => many(5, () => pick([...LETTERS])).join('') + pick(['', '.example', '.1']),
    () => `א${many(4, () => pick([...RIGHT_TO_LEFT])).join('')}`,
    () => pick(LABELS) + text(3) + pick(LABELS),
    () => text(8),
  ];
  const segments = ['a', 'b.mp4', '.', '..', '%2e', '%2E.', '', 'A b', 'ü', "it's", '[1]', '%zz'];
  const path = () => many(5, () => pick(['/', '/', '\\']) + pick([...segments, text(4)])).join('');
  const user = () => (next() < 0.1 ? `${text(3)}@` : '');
  const port = () => (next() < 0.3 ? `:${pick(['80', '443', '8080', '', '0', '65536', '00080', '8o', '-1', '８０'])}` : '');
  const list = [];
  while (list.length < count) {
    const link =
      (next() < 0.9 ? pick(['http:', 'https:']) : pick(SCHEMES)) + pick(SLASHES) + user() + pick(hosts)() + port() + path() +
      (next() < 0.3 ? `?${text(6)}` : '') + (next() < 0.3 ? `#${text(6)}` : ''); // prettier-ignore
    const row = [link, normal(link)];
    // Node 20 accepts labels that are ASCII after "xn--"; the standard no longer does.
    if (row[1] === null || !/xn--[^./]*-[./:]/.test(row[1])) list.push(row);
  }
  return list;
}

function normal(link) {
  let url;
  try {
    url = new URL(link);
  } catch {
    return null;
  }
  // The reader does not take other schemes or hosts that are too long for a domain (MD2).
  if (!/^https?:$/.test(url.protocol) || url.hostname.length > 253) return null;
  url.username = '';
  url.password = '';
  return url.href;
}

/** Hosts, paths with `#` for an id, and ids, of each kind of site. */
const SITES = [
  [
    'youtube.com youtu.be www.youtube.com m.youtube.com music.youtube.com www.youtube-nocookie.com studio.youtube.com',
    '/watch?v=# /# /embed/# /shorts/# /live/# /v/# /playlist?list=# /embed/videoseries?list=# /embed/live_stream /@name',
    'dQw4w9WgXcQ -_w4w9WgXcQ PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf',
  ],
  [
    'vimeo.com www.vimeo.com player.vimeo.com m.vimeo.com',
    '/# /#/# /video/# /channels/a/# /groups/a/videos/# /showcase/#/video/# /album/# /ondemand/a/# /manage/videos/# /event/# /',
    '76979871 76979871 76979871/8272103f6e 8272103f6e 76979871?h=8272103f6e',
  ],
  [
    'twitch.tv www.twitch.tv m.twitch.tv player.twitch.tv embed.twitch.tv clips.twitch.tv',
    '/videos/# /# /#/v/# /#/video/# /#/clip/# /clip/# /?video=# /?channel=# /embed?clip=# /collections/# /directory/#',
    '2057790113 v6528877 AwkwardHelplessSalamander-h0sH monstercat Monster_Cat directory Settings xqc',
  ],
  [
    'www.dailymotion.com dailymotion.com geo.dailymotion.com touch.dailymotion.com dai.ly',
    '/video/# /# /embed/video/# /swf/video/# /player.html?video=# /player/x86gw.html?video=# /playlist/# /player.html?playlist=#',
    'x84sh87 x5kesuj_office-christmas_news k7MtHciueyTcrFtFKA2',
  ],
  [
    'framatube.org tube.example:9000 [::1]:9000 192.168.1.7 t\u00fcbe.example',
    '/w/# /w/p/# /videos/watch/# /videos/embed/# /videos/watch/playlist/# /video-playlists/embed/# /videos/# /a/w/#',
    'kkGMgK9ZtnKfYAgnEtQxbv 9c9de5e8-0a1e-484a-b099-e80766180a6d kkGMgK9ZtnKfYAgnEtQxbv;threadId=7',
  ],
  [
    'www.dropbox.com dl.dropboxusercontent.com drive.google.com docs.google.com www.netflix.com x.com 1drv.ms films.example',
    '/s/#/film.mp4 /s/# /scl/fi/#/film?rlkey=# /sh/# /scl/fo/#/# /drive/folders/# /drive/u/0/folders/# /file/d/#/view /uc?id=# /watch',
    '1AbCdEf notes.pdf film.mp4 live.m3u8 rlkey',
  ],
].map((site) => site.map((list) => list.split(' ')));
const PARAMETERS = 'v=# list=# h=# video=# channel=# playlist=# t=90 start=1m si=# utm_source=share file=film.mp4'.split(' ');
const NEAR = 'aZ09_-%.;=&?#/@~+lO';

/** Returns links that are or look like links to video sites: the parts of real ones, mixed and damaged. */
export function siteLinks(seed = SEED, count = COUNT) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  // With one character inserted, removed or replaced, now and then.
  const damaged = (text) => {
    const at = Math.floor(next() * (text.length + 1));
    const kind = next();
    return kind > 0.15 ? text : text.slice(0, at) + (kind < 0.1 ? pick([...NEAR]) : '') + text.slice(kind < 0.05 ? at : at + 1);
  };
  return Array.from({ length: count }, () => {
    const site = pick(SITES);
    const part = (index) => pick((next() < 0.95 ? site : pick(SITES))[index]);
    const host = next() < 0.95 ? part(0) : part(0).toUpperCase();
    const fill = (form) => damaged(form).replace(/#/g, () => damaged(part(2)));
    let link = `${pick(['https', 'http'])}://${host}${fill(part(1))}`;
    if (next() < 0.1) link += '/';
    for (let more = Math.floor(next() * 3); more > 0; more--) link += (link.includes('?') ? '&' : '?') + fill(pick(PARAMETERS));
    return link;
  });
}

/** Escapes all non-ASCII characters, so that the file shows every one. */
export function toText(list) {
  const lines = list.map((row) => JSON.stringify(row).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)); // prettier-ignore
  return `[\n${lines.join(',\n')}\n]\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, toText(cases()));
