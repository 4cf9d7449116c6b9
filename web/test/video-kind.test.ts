import { expect, test } from 'vitest';
import { isKindUncertain, kindOf, readVideoLink, titleOfLink, youtubeId } from '../src/protocol/video-kind';

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
])('%s is rejected with a message', (raw, why) => {
  expect(readVideoLink(raw)).toEqual({ ok: false, problem: expect.stringMatching(why) });
});

test.each([
  ['https://films.example/My%20Film_2024.mp4', /My Film/],
  ['https://films.example/100%.mp4', /100%/],
  ['https://youtu.be/dQw4w9WgXcQ', /YouTube/],
  ['https://films.example/%3Cimg%20src=x%3E.mp4', /<img src=x>/],
])('%s has a readable title', (link, title) => expect(titleOfLink(link)).toMatch(title));

test('the id of every form of YouTube link', () => {
  for (const link of [
    'https://youtu.be/dQw4w9WgXcQ?t=5',
    'https://www.youtube.com/shorts/dQw4w9WgXcQ',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=x',
  ]) {
    expect(youtubeId(new URL(link))).toBe('dQw4w9WgXcQ');
  }
});

test("the server's kind is used, else the link's", () => {
  expect(kindOf('hls', 'https://films.example/a.mp4')).toBe('hls');
  expect(kindOf(null, 'https://films.example/a.mp4')).toBe('video');
  expect(kindOf('hologram', 'https://films.example/a.mp4')).toBe('video');
  expect(kindOf('hologram', 'https://films.example/')).toBeNull();
});

test('MD1 a link that does not name its kind is left to the player', () => {
  for (const link of ['https://films.example/a.mkv', 'https://films.example/film', 'https://films.example/get.php?id=7']) {
    expect(readVideoLink(link)).toMatchObject({ ok: true, kind: 'video', sure: false });
    expect(isKindUncertain(link)).toBe(true);
  }
  for (const link of ['https://films.example/a.mp4', 'https://films.example/get?file=a.m3u8', 'https://youtu.be/dQw4w9WgXcQ']) {
    expect(isKindUncertain(link)).toBe(false);
  }
});
