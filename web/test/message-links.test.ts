import { describe, expect, test } from 'vitest';
import { splitLinks } from '../src/chat/message-links';
import { seededRandom } from './support/random';

describe('links in a message', () => {
  test.each([
    ['no link here', []],
    ['see https://a.example/x', ['https://a.example/x']],
    ['https://a.example/x.', ['https://a.example/x']],
    ['(https://a.example/x)', ['https://a.example/x']],
    ['https://a.example/x_(film)', ['https://a.example/x_(film)']],
    ['https://a.example http://b.example/y?z=1#t', ['https://a.example', 'http://b.example/y?z=1#t']],
    ['<a href="https://a.example/x">', ['https://a.example/x']],
    ['javascript:alert(1)', []],
    ['data:text/html,<script>', []],
    ['https://', []],
    ['HTTPS://A.example', ['HTTPS://A.example']],
  ])('%s', (text, links) => {
    expect(splitLinks(text).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []))).toEqual(links);
  });

  test('every link is http or https, and no character is lost (200 seeds)', () => {
    const bits = [
      'https://',
      'http://',
      'javascript:',
      'data:',
      '//',
      'a.example',
      '<img src=x onerror=alert(1)>',
      '"',
      "'",
      '`',
      '\n',
      ' ',
      '%',
      '(',
      ')',
      '.',
      '@',
      '\\',
      '\u202e',
      '😀',
      '&lt;',
      ':',
    ];
    for (let seed = 0; seed < 200; seed++) {
      const c = seededRandom(seed);
      const text = Array.from({ length: c.whole(1, 12) }, () => c.pick(bits)).join('');
      const pieces = splitLinks(text);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const piece of pieces) {
        if (piece.kind === 'link') expect(['http:', 'https:']).toContain(new URL(piece.href).protocol);
      }
    }
  });
});
