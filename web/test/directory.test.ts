import { beforeEach, expect, test, vi } from 'vitest';
import { createDirectory, type Directory } from '../src/app/directory';
import type { Ack, ServerEvent } from '../src/protocol/messages';
import { aUser } from './support/wire';

interface Question {
  payload: Record<string, unknown>;
  answer(ack: Ack): Promise<void>;
}

let directory: Directory;
let questions: Question[];
let timers: (() => void)[];

beforeEach(() => {
  questions = [];
  timers = [];
  directory = createDirectory({
    ask: (name, payload) => {
      expect(name).toBe('get-people');
      return new Promise((resolve) => {
        questions.push({
          payload,
          answer: async (ack) => {
            resolve(ack);
            await Promise.resolve();
            await Promise.resolve();
          },
        });
      });
    },
    after: (_ms, run) => {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
  });
});

const people = (...ids: string[]) => ids.map((id) => aUser({ id, name: `Guest ${id}` }));
const page = (count: number, ...ids: string[]): Ack => ({ ok: true, count, users: people(...ids) });
const found = () => directory.found.value.map((user) => user.id);
const event = (name: string, payload: Record<string, unknown>) => ({ name, payload }) as unknown as ServerEvent;

test('PS6 pages follow on each other', async () => {
  void directory.more();
  await questions[0]!.answer(page(3, 'a', 'b'));
  expect(questions[0]!.payload).toEqual({});
  expect(directory.total.value).toBe(3);
  void directory.more();
  await questions[1]!.answer(page(3, 'c'));
  expect(questions[1]!.payload).toEqual({ after: 'b' });
  expect(found()).toEqual(['a', 'b', 'c']);
});

test('PS6 a list that began anew shows nobody twice, and one that is at its end says so', async () => {
  void directory.more();
  await questions[0]!.answer(page(9, 'a', 'b'));
  void directory.more();
  await questions[1]!.answer(page(9, 'a', 'c'));
  expect(found()).toEqual(['b', 'a', 'c']);
  void directory.more();
  await questions[2]!.answer(page(9));
  expect(directory.total.value).toBe(3);
});

test('only the last thing typed is asked for, and an older answer says nothing', async () => {
  directory.search('a');
  directory.search('an');
  expect(timers).toHaveLength(1);
  timers[0]!();
  directory.search('ana');
  await questions[0]!.answer(page(1, 'old'));
  expect(found()).toEqual([]);
  timers.at(-1)!();
  expect(questions.at(-1)!.payload).toEqual({ query: 'ana' });
  await questions.at(-1)!.answer(page(1, 'new'));
  expect(found()).toEqual(['new']);
  directory.search(' ');
  expect(found()).toEqual([]);
  expect(directory.state.value).toBe('idle');
});

test('an answer that is none is a failure that can be tried again', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  void directory.more();
  await questions[0]!.answer({ ok: false, code: 'rate_limited', error: '', retryable: true });
  expect(directory.state.value).toBe('failed');
  void directory.more();
  await questions[1]!.answer({ ok: true, count: 'many' });
  expect(directory.state.value).toBe('failed');
  void directory.more();
  await questions[2]!.answer(page(1, 'a'));
  expect(directory.state.value).toBe('idle');
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});

test('whoever was found goes, is away, comes back, and holds the remote', async () => {
  void directory.more();
  await questions[0]!.answer(page(3, 'a', 'b', 'c'));
  directory.apply(event('presence', { big: true, count: 300, left: ['a'], away: ['b'] }));
  expect(directory.found.value.map((user) => [user.id, user.away])).toEqual([
    ['b', true],
    ['c', undefined],
  ]);
  directory.apply(event('presence', { big: true, count: 300, returned: ['b'] }));
  directory.apply(event('user-promoted', { userId: 'c', userName: 'Guest c' }));
  expect(directory.found.value.map((user) => [user.away === true, user.isHost])).toEqual([
    [false, false],
    [false, true],
  ]);
  directory.apply(event('presence', { big: false, count: 3, users: [] }));
  expect(found()).toEqual([]);
});
