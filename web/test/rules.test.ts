import { describe, expect, test } from 'vitest';
import { checkName, checkRoomCode, cleanMessage } from '../src/protocol/rules';

describe('RT21 names', () => {
  test.each(['Al', 'Ana Maria', 'x_1-2.!?', '  Ana  ', 'a'.repeat(50), 'Аня', "O'Neil", '山田 太郎'])('%s is a name', (raw) => {
    expect(checkName(raw)).toEqual({ ok: true, value: raw.trim() });
  });
  test.each([
    ['', /write a name/],
    ['   ', /write a name/],
    ['A', /two characters/],
    [' A ', /two characters/],
    ['a'.repeat(51), /at most 50/],
    ['<b>Ana</b>', /of any language/],
    ['Ana 🎬', /of any language/],
    ['A\u202eBen', /of any language/],
    ['Ana\u0301\u0301', /four different/],
  ])('%s is none', (raw, why) => {
    expect(checkName(raw)).toEqual({ ok: false, problem: expect.stringMatching(why) });
  });
});

describe('FR2 room codes, as people type and paste them', () => {
  test.each([
    'ABC123', 'abc123', ' abc 123 ', 'ABC-123', 'https://party.example/room/ABC123', 'party.example/room/abc123',
    'http://localhost:3000/room/ABC123/', 'https://party.example/room/ABC123?from=chat', 'https://party.example/room/ABC123#top',
  ])('%s is room ABC123', (raw) => expect(checkRoomCode(raw)).toEqual({ ok: true, value: 'ABC123' })); // prettier-ignore
  test.each([
    ['', /enter the six/],
    ['ABC12', /this one has 5/],
    ['ABC1234', /this one has 7/],
    ['ABC12!', /only letters and numbers/],
    ['ÄBC123', /only letters and numbers/],
    ['https://party.example/create', /leads to no room/],
    ['https://party.example/room/ABC1234', /leads to no room/],
  ])('%s is none', (raw, why) => {
    expect(checkRoomCode(raw)).toEqual({ ok: false, problem: expect.stringMatching(why) });
  });
});

describe('FR9 messages', () => {
  test.each([
    ['  hi ', 'hi'],
    ['', null],
    [' \n ', null],
    ['x'.repeat(1000), 'x'.repeat(1000)],
    ['x'.repeat(1001), null],
    ['two\nlines', 'two\nlines'],
  ])('%j', (raw, clean) => expect(cleanMessage(raw)).toBe(clean));
});
