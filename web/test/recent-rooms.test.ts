import { beforeEach, describe, expect, test } from 'vitest';
import { RECENT_MAX, createRecentRooms } from '../src/app/recent-rooms';
import { MemoryStorage } from './support/memory-storage';
import { seededRandom } from './support/random';

const KEY = 'wnc.rooms';
let storage: MemoryStorage;
const codes = (rooms: ReturnType<typeof createRecentRooms>) => rooms.rooms.value.map((room) => room.roomId);
const roomOf = (roomId: string, title: string | null = null) => ({ roomId, title });

beforeEach(() => {
  storage = new MemoryStorage();
});

describe('the last rooms of this browser', () => {
  test('the newest is first, once, with its present title', () => {
    const rooms = createRecentRooms(storage);
    rooms.visited(roomOf('AAAAAA', 'Friday'));
    rooms.visited(roomOf('BBBBBB'));
    rooms.visited(roomOf('AAAAAA', 'Saturday'));
    expect(rooms.rooms.value).toEqual([roomOf('AAAAAA', 'Saturday'), roomOf('BBBBBB')]);
    expect(createRecentRooms(storage).rooms.value).toEqual(rooms.rooms.value);
  });

  test('are bounded: the oldest goes', () => {
    const rooms = createRecentRooms(storage);
    for (let i = 0; i < 30; i++) rooms.visited(roomOf(`ROOM${10 + i}`));
    expect(codes(rooms)).toHaveLength(RECENT_MAX);
    expect([codes(rooms)[0], codes(rooms).at(-1)]).toEqual(['ROOM39', 'ROOM30']);
  });

  test('a room of another tab is not lost', () => {
    const [here, there] = [createRecentRooms(storage), createRecentRooms(storage)];
    here.visited(roomOf('AAAAAA'));
    there.visited(roomOf('BBBBBB'));
    here.visited(roomOf('CCCCCC'));
    expect(codes(here)).toEqual(['CCCCCC', 'BBBBBB', 'AAAAAA']);
    here.forget('CCCCCC');
    here.forget('AAAAAA');
    expect(codes(here)).toEqual(['BBBBBB']);
  });

  test('one is forgotten, and all, and then nothing is stored', () => {
    const rooms = createRecentRooms(storage);
    rooms.visited(roomOf('AAAAAA'));
    rooms.visited(roomOf('BBBBBB'));
    rooms.forget('AAAAAA');
    rooms.forget('NOSUCH');
    expect(codes(createRecentRooms(storage))).toEqual(['BBBBBB']);
    rooms.forgetAll();
    expect([codes(rooms), storage.getItem(KEY)]).toEqual([[], null]);
    rooms.visited(roomOf('AAAAAA'));
    rooms.forget('AAAAAA');
    expect(storage.getItem(KEY)).toBeNull();
  });
});

describe('a storage that does not help', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };

  test('one that refuses everything shows the present room, and throws nothing', () => {
    const rooms = createRecentRooms({ getItem: refuse, setItem: refuse, removeItem: refuse });
    expect(rooms.rooms.value).toEqual([]);
    rooms.visited(roomOf('AAAAAA'));
    expect(codes(rooms)).toEqual(['AAAAAA']);
    rooms.forget('AAAAAA');
    rooms.forgetAll();
    expect(rooms.rooms.value).toEqual([]);
  });

  test('one that is full shows the room, and keeps what it had', () => {
    createRecentRooms(storage).visited(roomOf('AAAAAA'));
    const full = { getItem: storage.getItem, setItem: refuse, removeItem: storage.removeItem };
    const rooms = createRecentRooms(full);
    rooms.visited(roomOf('BBBBBB'));
    expect(codes(rooms)).toEqual(['BBBBBB', 'AAAAAA']);
    expect(codes(createRecentRooms(storage))).toEqual(['AAAAAA']);
  });

  test.each([
    ['{'],
    ['null'],
    ['5'],
    ['"AAAAAA"'],
    ['{"roomId":"AAAAAA"}'],
    ['[null,5,"AAAAAA",[],{},{"roomId":5}]'],
    ['[{"roomId":"aaaaaa"},{"roomId":"AAAAAAA"},{"roomId":"../../x"},{"roomId":" AAAAAA"},{"roomId":"AAAAAA\\n"}]'],
  ])('%s is no list of rooms', (kept) => {
    storage.setItem(KEY, kept);
    const rooms = createRecentRooms(storage);
    expect(rooms.rooms.value).toEqual([]);
    rooms.visited(roomOf('BBBBBB'));
    expect(codes(createRecentRooms(storage))).toEqual(['BBBBBB']);
  });

  test('a room that is listed twice is shown once', () => {
    storage.setItem(KEY, JSON.stringify([roomOf('AAAAAA', 'Friday'), roomOf('BBBBBB'), roomOf('AAAAAA', 'Monday')]));
    expect(createRecentRooms(storage).rooms.value).toEqual([roomOf('AAAAAA', 'Friday'), roomOf('BBBBBB')]);
  });

  test('whatever is stored, each room is a valid one, once, with a title of bounded length', () => {
    const random = seededRandom(63);
    const values = [null, 5, '', 'AAAAAA', 'bbbbbb', 'CCCCCC', 'x'.repeat(1000), '😀'.repeat(300), [], {}, true, -1.5e300];
    const value = (): unknown => random.pick(values);
    const entry = (): unknown => (random.next() < 0.2 ? value() : { roomId: value(), title: value(), more: value() });
    let seen = 0;
    for (let i = 0; i < 2000; i++) {
      const list = Array.from({ length: random.whole(0, 30) }, entry);
      const text = JSON.stringify(random.next() < 0.9 ? list : value());
      const kept = random.next() < 0.9 ? text : text.slice(0, random.whole(0, text.length));
      storage.setItem(KEY, kept);
      const rooms = createRecentRooms(storage);
      const check = () => {
        expect(new Set(codes(rooms)).size).toBe(codes(rooms).length);
        expect(codes(rooms).length).toBeLessThanOrEqual(RECENT_MAX);
        for (const { roomId, title } of rooms.rooms.value) {
          expect(roomId).toMatch(/^[A-Z0-9]{6}$/);
          expect(title === null || title.length <= 200).toBe(true);
        }
      };
      check();
      seen += codes(rooms).length;
      rooms.visited(roomOf('DDDDDD', 'Now'));
      check();
      expect(rooms.rooms.value[0]).toEqual(roomOf('DDDDDD', 'Now'));
      expect(createRecentRooms(storage).rooms.value).toEqual(rooms.rooms.value);
    }
    expect(seen).toBeGreaterThan(1000);
  });
});
