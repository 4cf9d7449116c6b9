import { expect, test } from 'vitest';
import { directLink } from '../src/protocol/direct-link';
import { knownKind, titleOfLink } from '../src/protocol/video-kind';
import { isKindUncertain, kindOfLink, readVideoLink } from '../src/protocol/video-link';

test.each([
  ['', /Paste a link/],
  ['hello', /does not look like a link/],
  ['javascript:alert(1)', /./],
  ['ftp://films.example/a.mp4', /http/],
  ['https://www.youtube.com/@somebody', /no single video/],
  ['https://films.example/page.html', /a page, not a film/],
  ['https://films.example/', /a page, not a film/],
  ['https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ', /not a YouTube address/],
  ['https://user:secret@films.example/a.mp4', /everybody in the room would see it/],
  ['https://films.example/a.mp4 https://films.example/b.mp4', /more than one link/],
  ['https://www.youtube.com/playlist?list=PL1', /playlist.*links of its videos/],
  ['https://drive.google.com/file/d/1AbC/view', /Download the film and share it from elsewhere/],
  ['https://drive.google.com/drive/folders/1AbC', /a folder/],
  ['https://vimeo.com/ondemand/film', /own site only/],
  ['https://films.example/watch', /a page, not a film/],
])('%s is rejected with a message', (raw, why) => {
  expect(readVideoLink(raw)).toEqual({ ok: false, reason: expect.any(String), problem: expect.stringMatching(why) });
});

test.each([
  ['https://films.example/My%20Film_2024.mp4', /My Film/],
  ['https://films.example/100%.mp4', /100%/],
  ['https://youtu.be/dQw4w9WgXcQ', /YouTube/],
  ['https://youtube.com/shorts/dQw4w9WgXcQ', /^YouTube video$/],
  ['https://player.vimeo.com/video/76979871', /^Vimeo video$/],
  ['https://www.twitch.tv/monstercat', /^Twitch video$/],
  ['https://dai.ly/x84sh87', /^Dailymotion video$/],
  ['https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv', /^PeerTube video$/],
  ['https://notvimeo.com/A_film', /^A film$/],
  ['no link', /^Film$/],
  ['https://films.example/%3Cimg%20src=x%3E.mp4', /<img src=x>/],
])('%s has a readable title', (link, title) => expect(titleOfLink(link)).toMatch(title));

test("the server's kind is used when it is known, else the link's", () => {
  expect(knownKind('hls')).toBe('hls');
  expect(knownKind('peertube')).toBe('peertube');
  expect(knownKind('hologram')).toBeNull();
  expect(knownKind(null)).toBeNull();
  expect(kindOfLink('https://films.example/a.mp4')).toBe('video');
  expect(kindOfLink('https://films.example/')).toBeNull();
});

test.each([
  ['https://www.dropbox.com/s/abc/Film.mp4?dl=0', 'https://dl.dropboxusercontent.com/s/abc/Film.mp4'],
  [
    'https://www.dropbox.com/scl/fi/abc/A%20film.mp4?rlkey=k1&st=ab&dl=1',
    'https://dl.dropboxusercontent.com/scl/fi/abc/A%20film.mp4?rlkey=k1&st=ab',
  ],
  ['http://dropbox.com/s/abc/Film.mp4?raw=1#t=5', 'https://dl.dropboxusercontent.com/s/abc/Film.mp4#t=5'],
  ['https://dropbox.com.films.example/s/abc/Film.mp4?dl=0', 'https://dropbox.com.films.example/s/abc/Film.mp4?dl=0'],
  ['https://films.example/a b.mp4?dl=0', 'https://films.example/a b.mp4?dl=0'],
  ['no link', 'no link'],
])('a file shared as %s is played from %s', (link, direct) => expect(directLink(link)).toBe(direct));

test('MD1 a link that does not name its kind is left to the player', () => {
  for (const link of ['https://films.example/a.mkv', 'https://films.example/film', 'https://films.example/get.php?id=7']) {
    expect(readVideoLink(link)).toMatchObject({ ok: true, kind: 'video', sure: false });
    expect(isKindUncertain(link)).toBe(true);
  }
  for (const link of ['https://films.example/a.mp4', 'https://films.example/get?file=a.m3u8', 'https://youtu.be/dQw4w9WgXcQ']) {
    expect(isKindUncertain(link)).toBe(false);
  }
});
