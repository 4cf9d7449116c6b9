import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectory } from '../src/app/directory';

const listed = (roomId: string, over: Record<string, unknown> = {}) => ({
  roomId,
  title: null,
  film: null,
  members: 2,
  entry: 'link',
  playing: false,
  ...over,
});
const answer = (rooms: unknown, next: unknown = null, status = 200) => new Response(JSON.stringify({ rooms, next }), { status });

let asked: { address: string; reply(response: Response): Promise<void>; fail(): Promise<void> }[];
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
};
const create = () =>
  createDirectory(
    (address) =>
      new Promise((resolve, reject) => {
        const reply = (response: Response) => (resolve(response), settle());
        const fail = () => (reject(new TypeError('Failed to fetch')), settle());
        asked.push({ address, reply, fail });
      }),
  );
const codes = (directory: ReturnType<typeof create>) => directory.rooms.value.map((room) => room.roomId);

/** A directory that shows one room, with a page after it. */
async function withOnePage() {
  const directory = create();
  void directory.refresh();
  await asked[0]!.reply(answer([listed('AAAAAA')], 'AAAAAA'));
  return directory;
}

beforeEach(() => {
  asked = [];
});

describe('EN12 the directory of rooms', () => {
  test('is read page by page, to the last', async () => {
    const directory = await withOnePage();
    expect(asked[0]!.address).toBe('/api/rooms?limit=12');
    void directory.loadMore();
    expect(asked[1]!.address).toBe('/api/rooms?limit=12&after=AAAAAA');
    await asked[1]!.reply(answer([listed('BBBBBB'), listed('CCCCCC')]));
    expect([codes(directory), directory.next.value]).toEqual([['AAAAAA', 'BBBBBB', 'CCCCCC'], null]);
  });

  test('a refresh replaces what was shown', async () => {
    const directory = await withOnePage();
    void directory.refresh();
    await asked[1]!.reply(answer([listed('BBBBBB')]));
    expect([codes(directory), directory.next.value]).toEqual([['BBBBBB'], null]);
    void directory.refresh();
    await asked[2]!.reply(answer([]));
    expect(codes(directory)).toEqual([]);
  });

  test('a room that moved to the next page is shown once', async () => {
    const directory = await withOnePage();
    void directory.loadMore();
    await asked[1]!.reply(answer([listed('AAAAAA'), listed('BBBBBB'), listed('BBBBBB')]));
    expect(codes(directory)).toEqual(['AAAAAA', 'BBBBBB']);
  });

  test('only the answer to the latest request counts', async () => {
    const directory = await withOnePage();
    void directory.loadMore();
    void directory.loadMore();
    await asked[2]!.reply(answer([listed('BBBBBB')], 'BBBBBB'));
    await asked[1]!.reply(answer([listed('OLDOLD')]));
    expect([codes(directory), directory.next.value]).toEqual([['AAAAAA', 'BBBBBB'], 'BBBBBB']);
    void directory.loadMore();
    void directory.refresh();
    await asked[4]!.reply(answer([listed('CCCCCC')]));
    await asked[3]!.reply(answer([listed('OLDOLD')], 'OLDOLD'));
    expect([codes(directory), directory.next.value]).toEqual([['CCCCCC'], null]);
  });

  test('a way in that a newer server knows counts as open', async () => {
    const directory = create();
    void directory.refresh();
    await asked[0]!.reply(answer([listed('AAAAAA', { entry: 'dress-code' })]));
    expect(directory.rooms.value[0]!.entry).toBe('link');
  });

  test('the next page begins after whatever room the server names', async () => {
    const directory = create();
    void directory.refresh();
    await asked[0]!.reply(answer([listed('AAAAAA')], 'A&limit=50#'));
    void directory.loadMore();
    expect(new URL(asked[1]!.address, 'http://localhost').searchParams.getAll('limit')).toEqual(['12']);
  });

  const failures: [string, () => Response | null][] = [
    ['without a directory (204)', () => new Response(null, { status: 204 })],
    ['with an error of the server', () => answer([listed('XXXXXX')], null, 500)],
    ['when the rate is limited', () => answer([listed('XXXXXX')], null, 429)],
    ['without a network', () => null],
    ['with a page of another server', () => new Response('<!doctype html><title>Log in</title>')],
    ['with a broken body', () => new Response('{"rooms":[')],
    ['with null', () => new Response('null')],
    ['without a list', () => answer(undefined)],
    ['with a room without a number', () => answer([listed('XXXXXX', { members: 'many' })])],
    ['with a film that is a text', () => answer([listed('XXXXXX', { film: 'a.mp4' })])],
    ['with a next page that is a number', () => answer([listed('XXXXXX')], 7)],
  ];
  test.each(failures)('%s the list stays as it is, and can be tried again', async (_, response) => {
    const directory = await withOnePage();
    for (const load of [directory.refresh, directory.loadMore]) {
      void load();
      const reply = response();
      await (reply === null ? asked.at(-1)!.fail() : asked.at(-1)!.reply(reply));
      expect([codes(directory), directory.next.value]).toEqual([['AAAAAA'], 'AAAAAA']);
    }
    void directory.loadMore();
    await asked.at(-1)!.reply(answer([listed('BBBBBB')]));
    expect(codes(directory)).toEqual(['AAAAAA', 'BBBBBB']);
  });

  test.each(failures)('%s the start page has none', async (_, response) => {
    const directory = create();
    void directory.refresh();
    const reply = response();
    await (reply === null ? asked[0]!.fail() : asked[0]!.reply(reply));
    expect([codes(directory), directory.next.value]).toEqual([[], null]);
  });
});
