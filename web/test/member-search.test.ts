import { beforeEach, expect, test, vi } from 'vitest';
import { createMemberSearch, type MemberSearch } from '../src/app/member-search';
import type { Ack, ServerEvent } from '../src/protocol/messages';
import { aUser } from './support/wire';

interface Question {
  payload: Record<string, unknown>;
  answer(ack: Ack): Promise<void>;
}

let search: MemberSearch;
let questions: Question[];
let timers: (() => void)[];

beforeEach(() => {
  questions = [];
  timers = [];
  search = createMemberSearch({
    request: (name, payload) => {
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
const found = () => search.found.value.map((user) => user.id);
const event = (name: string, payload: Record<string, unknown>) => ({ name, payload }) as unknown as ServerEvent;

test('PS6 pages follow on each other', async () => {
  void search.loadMore();
  await questions[0]!.answer(page(3, 'a', 'b'));
  expect(questions[0]!.payload).toEqual({});
  expect(search.total.value).toBe(3);
  void search.loadMore();
  await questions[1]!.answer(page(3, 'c'));
  expect(questions[1]!.payload).toEqual({ after: 'b' });
  expect(found()).toEqual(['a', 'b', 'c']);
});

test('PS6 a list that started again lists no member twice, and its end is detected', async () => {
  void search.loadMore();
  await questions[0]!.answer(page(9, 'a', 'b'));
  void search.loadMore();
  await questions[1]!.answer(page(9, 'a', 'c'));
  expect(found()).toEqual(['b', 'a', 'c']);
  void search.loadMore();
  await questions[2]!.answer(page(9));
  expect(search.total.value).toBe(3);
});

test('only the last text is searched, and an older answer is ignored', async () => {
  search.search('a');
  search.search('an');
  expect(timers).toHaveLength(1);
  timers[0]!();
  search.search('ana');
  await questions[0]!.answer(page(1, 'old'));
  expect(found()).toEqual([]);
  timers.at(-1)!();
  expect(questions.at(-1)!.payload).toEqual({ query: 'ana' });
  await questions.at(-1)!.answer(page(1, 'new'));
  expect(found()).toEqual(['new']);
  search.search(' ');
  expect(found()).toEqual([]);
  expect(search.state.value).toBe('idle');
});

test('an unreadable answer is a failure that can be retried', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  void search.loadMore();
  await questions[0]!.answer({ ok: false, code: 'rate_limited', error: '', retryable: true });
  expect(search.state.value).toBe('failed');
  void search.loadMore();
  await questions[1]!.answer({ ok: true, count: 'many' });
  expect(search.state.value).toBe('failed');
  void search.loadMore();
  await questions[2]!.answer(page(1, 'a'));
  expect(search.state.value).toBe('idle');
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});

test('found members leave, go away, return and become host', async () => {
  void search.loadMore();
  await questions[0]!.answer(page(3, 'a', 'b', 'c'));
  search.apply(event('presence', { big: true, count: 300, left: ['a'], away: ['b'] }));
  expect(search.found.value.map((user) => [user.id, user.away])).toEqual([
    ['b', true],
    ['c', undefined],
  ]);
  search.apply(event('presence', { big: true, count: 300, returned: ['b'] }));
  search.apply(event('user-promoted', { userId: 'c', userName: 'Guest c' }));
  expect(search.found.value.map((user) => [user.away === true, user.isHost])).toEqual([
    [false, false],
    [false, true],
  ]);
  search.apply(event('presence', { big: false, count: 3, users: [] }));
  expect(found()).toEqual([]);
});
