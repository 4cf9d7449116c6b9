import { describe, expect, test } from 'vitest';
import { EMPTY_DRAFT, type RoomDraft, newRoom } from '../src/app/room-draft';
import { PASSWORD_MAX, PASSWORD_MIN, TITLE_MAX, checkPassword, cleanTitle } from '../src/protocol/room-access';

describe('RT3 the settings of a new room', () => {
  test.each<[string, Partial<RoomDraft>, object]>([
    ['nothing chosen', {}, {}],
    ['a title', { title: '  Friday   film\tnight ' }, { settings: { title: 'Friday film night' } }],
    ['a title of spaces', { title: ' \n\t\u3000 ' }, {}],
    ['everybody controls', { control: 'everyone' }, { settings: { control: 'everyone' } }],
    ['listed', { listed: true }, { settings: { listed: true } }],
    ['approval', { entry: 'approval' }, { settings: { entry: 'approval' } }],
    [
      'EN2 a password',
      { entry: 'password', password: ' pop corn ' },
      { settings: { entry: 'password' }, password: ' pop corn ' },
    ],
    ['EN2 a password typed and not chosen', { entry: 'approval', password: 'popcorn' }, { settings: { entry: 'approval' } }],
    ['EN2 a password typed for an open room', { password: 'popcorn' }, {}],
  ])('%s', (_, draft, sent) => expect(newRoom({ ...EMPTY_DRAFT, ...draft })).toEqual(sent));

  test('a draft is not changed by it', () => {
    const draft = Object.freeze({ ...EMPTY_DRAFT, title: ' x ', entry: 'password' as const, password: 'popcorn' });
    expect(newRoom(draft)).toEqual(newRoom(draft));
  });
});

describe('RT3 a title', () => {
  test('has at most 80 characters, and never half of one', () => {
    expect(cleanTitle('a'.repeat(TITLE_MAX + 1))).toBe('a'.repeat(TITLE_MAX));
    expect(cleanTitle('😀'.repeat(TITLE_MAX + 1))).toBe('😀'.repeat(TITLE_MAX));
  });
});

describe('EN2 a password', () => {
  test.each([
    ['', false],
    ['abc', false],
    ['😀😀😀', false],
    ['abcd', true],
    ['    ', true],
    ['😀😀😀😀', true],
    ['x'.repeat(PASSWORD_MAX), true],
    ['x'.repeat(PASSWORD_MAX + 1), false],
  ])('%j: %o', (raw, ok) => {
    const checked = checkPassword(raw);
    expect(checked.ok).toBe(ok);
    // Sent as it was typed: a space is a character of it.
    if (checked.ok) expect(checked.value).toBe(raw);
    else expect(checked.problem).toMatch(new RegExp(`${PASSWORD_MIN}|${PASSWORD_MAX}`));
  });
});
