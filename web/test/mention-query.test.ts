import { describe, expect, test } from 'vitest';
import { insertMention, matchingNames, mentionQueryAt } from '../src/chat/mention-query';

describe('the mention that is being written', () => {
  test.each([
    ['@', { from: 0, text: '' }],
    ['hi @An', { from: 3, text: 'An' }],
    ['@Ana Ma', { from: 0, text: 'Ana Ma' }],
    ['(@花', { from: 1, text: '花' }],
    ['mail@x', null],
    ['@ x', null],
    ['@a\nb', null],
    ['', null],
    ['no', null],
  ])('%j', (text, expected) => {
    expect(mentionQueryAt(text, text.length)).toEqual(expected);
  });

  test('is the one before the caret', () => {
    expect(mentionQueryAt('@An and @Ben', 3)).toEqual({ from: 0, text: 'An' });
    expect(mentionQueryAt('@An', 0)).toBeNull();
  });

  test('is replaced by the name', () => {
    expect(insertMention('hi @An you', { from: 3, text: 'An' }, 6, 'Ana Maria')).toEqual({
      text: 'hi @Ana Maria you',
      caret: 13,
    });
    expect(insertMention('@', { from: 0, text: '' }, 1, '花子')).toEqual({ text: '@花子 ', caret: 4 });
  });
});

describe('matching names', () => {
  const names = ['Maria', 'Ana Maria', 'Émile', '花子', 'Ben'];
  test.each([
    ['', names],
    ['mar', ['Maria', 'Ana Maria']],
    ['em', ['Émile']],
    ['ÉM', ['Émile']],
    ['花', ['花子']],
    ['zz', []],
  ])('%j', (query, found) => {
    expect(matchingNames(names, query)).toEqual(found);
  });

  test('at most eight are offered', () => {
    expect(
      matchingNames(
        Array.from({ length: 50 }, (_, i) => `Ana ${i}`),
        'ana',
      ),
    ).toHaveLength(8);
  });
});
