import { describe, expect, test } from 'vitest';
import { Mentions } from '../src/chat/mentions';
import { type ChatPiece, mentionsMe, plainText, quoteOf, splitMarks } from '../src/chat/message-marks';
import { seededRandom } from './support/random';

/** Writes pieces as "kind(text)"; text stays as it is. */
function written(pieces: readonly ChatPiece[]): string {
  return pieces
    .map((piece) => {
      if ('pieces' in piece) return `${piece.kind}(${written(piece.pieces)})`;
      return piece.kind === 'text' ? piece.text : `${piece.kind}(${piece.text})`;
    })
    .join('');
}

const marks = (text: string) => written(splitMarks(text, null));

describe('emphasis', () => {
  test.each([
    ['plain', 'plain'],
    ['**bold** and *it* and _it_', 'bold(bold) and italic(it) and italic(it)'],
    ['`a **b**` ||c||', 'code(a **b**) spoiler(c)'],
    ['||two\nlines||', 'spoiler(two\nlines)'],
    ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
    ['これは*強調*です', 'これはitalic(強調)です'],
    ['a * b * c, ** d ** ', 'a * b * c, ** d ** '],
    ['*unbalanced', '*unbalanced'],
    ['**half* `x', '**half* `x'],
    ['**a *b* c**', 'bold(a *b* c)'],
    ['*a\nb*', '*a\nb*'],
    ['***', '***'],
    ['****', '****'],
    ['||||', '||||'],
    ['|||a|||', 'spoiler(|a)|'],
    ['||||a||', '||spoiler(a)'],
    ['||a', '||a'],
    ['¯\\_(ツ)_/¯', '¯\\italic((ツ))/¯'],
    ['https://a.example/b_c_d*e*', 'link(https://a.example/b_c_d*e*)'],
    ['**https://a.example/b**', 'bold(link(https://a.example/b))'],
    ['||https://a.example/b||', 'spoiler(link(https://a.example/b))'],
    ['https://a.example/||b||', 'link(https://a.example/)spoiler(b)'],
    ['`https://a.example`', 'code(https://a.example)'],
  ])('%j', (text, expected) => {
    expect(marks(text)).toBe(expected);
  });

  test('no character is lost, and what a closed spoiler hides is never outside of it (300 seeds)', () => {
    const bits = ['**', '*', '_', '`', '||', '|', 'a', ' ', '\n', '@Ana', 'https://x.example/', '😀', '.', '(', 'é', '@'];
    const mentions = new Mentions(['Ana'], 'Ana');
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      const text = Array.from({ length: random.whole(1, 25) }, () => random.pick(bits)).join('');
      const pieces = splitMarks(text, mentions);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const piece of pieces) if ('pieces' in piece) expect(piece.pieces.every((inner) => !('pieces' in inner))).toBe(true);
      const around = text.replaceAll('`', '');
      expect(plainText(`${around.replaceAll('|', '')} ||secret${seed}||`)).not.toContain(`secret${seed}`);
    }
  });

  test.each(['*a ', '_a ', '`', '||a', '**a ', '* ', '**', 'https://', '@', '|', '_', '*a_b'])(
    'a long row of %j takes time in proportion to its length',
    (bit) => {
      const time = (length: number) => {
        const text = bit.repeat(length / bit.length);
        const begin = performance.now();
        splitMarks(text, new Mentions(['Ana', 'Ben'], 'Ana'));
        return performance.now() - begin;
      };
      time(20_000);
      const best = (length: number) => Math.min(time(length), time(length), time(length));
      // Eight times the length; the square would be 64 times.
      expect(best(160_000)).toBeLessThan(30 * Math.max(best(20_000), 0.5));
    },
  );
});

describe('links', () => {
  const hosts = (text: string) =>
    splitMarks(text, null).flatMap((piece) => (piece.kind === 'link' ? [piece.host ?? 'as written'] : []));

  test.each([
    ['https://a.example/x', 'as written'],
    ['HTTPS://A.example/x', 'as written'],
    ['https://a.example:8443?x', 'as written'],
    ['https://google.com@evil.example/', 'evil.example'],
    ['https://аpple.com/', 'xn--pple-43d.com'],
    ['https://日本.example', 'xn--wgv71a.example'],
    ['https://evil.example\\@google.com', 'evil.example'],
    ['https://evil.example/\u202egpj.exe', 'evil.example'],
    ['https://0x7f.1/', '127.0.0.1'],
  ])('%j says where it leads: %s', (text, host) => {
    expect(hosts(text)).toEqual([host]);
  });
});

describe('mentions', () => {
  const names = new Mentions(['Ana', 'Ana Maria', '花子', 'Zoë K.', "O'Neil"], 'Ana');
  test.each([
    ['hi @Ana', 'hi mention(@Ana)'],
    ['hi @ana!', 'hi mention(@ana)!'],
    ['@Ana Maria, hi', 'mention(@Ana Maria), hi'],
    ['@Anabel', '@Anabel'],
    ['mail ana@Ana.example', 'mail ana@Ana.example'],
    ["@花子 @zoë k. @o'neil", "mention(@花子) mention(@zoë k.) mention(@o'neil)"],
    ['**@Ana**', 'bold(mention(@Ana))'],
    ['`@Ana`', 'code(@Ana)'],
    ['@@Ana @', '@mention(@Ana) @'],
  ])('%j', (text, expected) => {
    expect(written(splitMarks(text, names))).toBe(expected);
  });

  test('only a whole mention of this viewer is for them', () => {
    expect(mentionsMe('psst @Ana', names)).toBe(true);
    expect(mentionsMe('||@Ana||', names)).toBe(true);
    expect(mentionsMe('@Ana Maria', names)).toBe(false);
    expect(mentionsMe('Ana', names)).toBe(false);
  });
});

describe('what is shown elsewhere', () => {
  test('a spoiler stays hidden, and marks are not read', () => {
    expect(plainText('**The end**: ||he wakes up||, `x`')).toBe('The end: [spoiler], x');
  });

  test('a quote is cut without revealing a spoiler, or breaking a character', () => {
    expect(quoteOf('short')).toBe('short');
    expect(plainText(quoteOf(`${'a'.repeat(100)} ||${'secret '.repeat(20)}||`))).toBe(`${'a'.repeat(100)} [spoiler]`);
    expect(quoteOf(`${'a'.repeat(119)}😀 and more`)).toBe('a'.repeat(119));
  });
});
