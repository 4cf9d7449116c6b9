import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type NameProblem, initialOf, readName } from '../src/protocol/names';

interface Corpus {
  names: { section: string; policy: 'base' | 'unicode'; raw: string; name?: string; problems?: string[] }[];
}

/** The corpus that the server's NameCorpusTest also reads. */
const corpus = JSON.parse(readFileSync(new URL('../../testdata/names.json', import.meta.url), 'utf8')) as Corpus;
const rows = corpus.names.filter((row) => row.policy === 'unicode');

const SERVER_MESSAGES: Record<NameProblem, string> = {
  'too-short': 'Name must be at least 2 characters long',
  'too-long': 'Name must be 50 characters or less',
  characters: "Name can only contain letters and numbers of any language, spaces, and - _ . ! ? '",
  marks: 'Name can only have marks on a letter or number, at most 4 different ones',
};

describe('RT21 the corpus of names', () => {
  test('has been read', () => expect(rows.length).toBeGreaterThan(100));

  test.each(rows)('$section: $raw', ({ raw, name, problems }) => {
    const read = readName(raw);
    expect(read.problems.map((each) => SERVER_MESSAGES[each])).toEqual(problems ?? []);
    if (name !== undefined) expect(read.value).toBe(name);
  });

  test.each(rows.filter((row) => row.name !== undefined))('the normal form of $raw is its own', ({ name }) => {
    expect(readName(name ?? '')).toEqual({ value: name, problems: [] });
  });
});

test.each([
  ['ana', 'A'],
  [' Аня', 'А'],
  ['𠮷野', '𠮷'],
  ['e\u0301lodie', 'E\u0301'],
  ['नेहा', 'ने'],
  ['', ''],
])('the initial of %s is %s', (name, initial) => expect(initialOf(name)).toBe(initial));
