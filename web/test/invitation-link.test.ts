// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { invitationLink, keepInvitation, readInvitation, takeInvitations } from '../src/app/invitation-link';
import { createBrowserStorage } from '../src/net/browser-storage';
import { MemoryStorage } from './support/memory-storage';
import { seededRandom } from './support/random';

const TOKEN = 'kXb-0_9Zq';

describe('EN6 the link of an invitation', () => {
  test.each([
    ['https://party.example/room/ABC123#invite=kXb-0_9Zq'],
    ['https://party.example/room/abc123#invite=kXb-0_9Zq'],
    ['https://party.example/party/room/ABC123/#invite=kXb-0_9Zq'],
    ['https://party.example/room/ABC123?from=chat#invite=kXb-0_9Zq'],
    ['/room/ABC123#invite=kXb-0_9Zq'],
    ['Come in: https://party.example/room/ABC123#invite=kXb-0_9Zq.'],
    ['https://party.example/room/ABC123#invite=kXb-0_9Zq&t=12'],
    ['<https://party.example/room/ABC123#invite=kXb-0_9Zq>'],
  ])('%s names the room and the token', (link) => {
    expect(readInvitation(link)).toEqual({ roomId: 'ABC123', token: TOKEN });
  });

  test.each([
    [''],
    ['https://party.example/room/ABC123'],
    ['https://party.example/room/ABC123#invite='],
    ['https://party.example/room/ABC123#invite=%20'],
    ['https://party.example/room/ABC123#invite=é'],
    ['https://party.example/room/ABC123?invite=kXb-0_9Zq'],
    ['https://party.example/room/ABC1234#invite=kXb-0_9Zq'],
    ['https://party.example/room/ABC12#invite=kXb-0_9Zq'],
    ['https://party.example/room/ÄBC123#invite=kXb-0_9Zq'],
    ['https://party.example/create#invite=kXb-0_9Zq'],
    ['https://party.example/room/ABC123#top'],
  ])('%s is none', (link) => expect(readInvitation(link)).toBeNull());

  test('keeps the case of the token, and writes the room in capitals', () => {
    expect(readInvitation('https://party.example/ROOM/aBc123#INVITE=aAbB')).toEqual({ roomId: 'ABC123', token: 'aAbB' });
  });

  test('is read back as it was written, whatever the token and the path', () => {
    const random = seededRandom(61);
    const some = (alphabet: string, length: number) => Array.from({ length }, () => random.pick([...alphabet])).join('');
    for (let i = 0; i < 500; i++) {
      const roomId = some('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 6);
      const token = some('ABCXYZabcxyz0189_-', random.whole(1, 200));
      const base = random.pick(['', '/party', '/room', '/a/b', '/room/ABCDEF']);
      const query = random.pick(['', '?a=1', '?next=/room/QQQQQQ']);
      const address = `https://party.example${base}/room/${roomId}${query}`;
      expect(readInvitation(invitationLink(address, token)), `${address} ${token}`).toEqual({ roomId, token });
    }
  });

  test('any text gives no invitation, or one that the server can read', () => {
    const random = seededRandom(62);
    const odd = [
      '%',
      '%0',
      '\u0000',
      '\u202e',
      '😀',
      '\ud800',
      'é',
      '/',
      '?',
      '&',
      ' ',
      '\n',
      '"',
      '<',
      '#',
      'x'.repeat(300),
      '-_0',
    ];
    const noise = () => Array.from({ length: random.whole(0, 3) }, () => random.pick(odd)).join('');
    let found = 0;
    for (let i = 0; i < 5000; i++) {
      const parts = ['/room/', random.pick(['ABC123', 'abc123', 'ABC12']), '#invite=', random.pick(['', 'tok'])];
      const text = noise() + parts.map((part) => part + (random.next() < 0.3 ? noise() : '')).join('');
      const read = readInvitation(text);
      if (read === null) continue;
      found++;
      expect(read.roomId).toBe('ABC123');
      expect(read.token).toMatch(/^[A-Za-z0-9_-]{1,200}$/);
      expect(text).toContain(`#invite=${read.token}`);
    }
    expect(found).toBeGreaterThan(500);
  });
});

describe('EN6 the invitation of the page', () => {
  let tab: MemoryStorage;
  let storage: ReturnType<typeof createBrowserStorage>;
  beforeEach(() => {
    tab = new MemoryStorage();
    storage = createBrowserStorage(tab, new MemoryStorage());
    history.replaceState(null, '', '/');
    const listen = vi.spyOn(window, 'addEventListener');
    return () => {
      for (const [name, run] of listen.mock.calls) window.removeEventListener(name, run as EventListener);
      listen.mockRestore();
    };
  });

  test('is kept for its room, and removed from the address bar', () => {
    history.replaceState({ page: 3 }, '', `/room/abc123?from=chat#invite=${TOKEN}`);
    takeInvitations(storage);
    expect(storage.loadInvite('ABC123')).toBe(TOKEN);
    expect(storage.loadInvite('OTHER1')).toBeUndefined();
    expect(location.href).toBe('http://localhost:3000/room/abc123?from=chat');
    expect(history.state).toEqual({ page: 3 });
  });

  test('is also taken when only the fragment changes, and the newest one counts', () => {
    takeInvitations(storage);
    for (const token of ['first', 'second']) {
      history.replaceState(null, '', `/room/ABC123#invite=${token}`);
      window.dispatchEvent(new Event('hashchange'));
      expect(location.hash).toBe('');
    }
    expect(storage.loadInvite('ABC123')).toBe('second');
  });

  test('another fragment stays in the address, and keeps nothing', () => {
    history.replaceState(null, '', '/room/ABC123#top');
    takeInvitations(storage);
    expect(location.hash).toBe('#top');
    expect(tab).toHaveLength(0);
  });

  test('leaves the address bar even where the browser stores nothing', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const refusing = { getItem: refuse, setItem: refuse, removeItem: refuse };
    const shut = createBrowserStorage(refusing, refusing);
    history.replaceState(null, '', `/room/ABC123#invite=${TOKEN}`);
    takeInvitations(shut);
    expect(location.hash).toBe('');
    expect(shut.loadInvite('ABC123')).toBeUndefined();
  });

  test.each(['{', 'null', '5', '[]', '{"roomId":"ABC123"}', '{"roomId":"ABC123","token":5}', '{"token":"t"}'])(
    '%s in the storage is no invitation',
    (kept) => {
      tab.setItem('wnc.invite', kept);
      expect(storage.loadInvite('ABC123')).toBeUndefined();
    },
  );

  test('a pasted text without an invitation does not replace the kept one', () => {
    expect(keepInvitation(`https://party.example/room/ABC123#invite=${TOKEN}`, storage)).toBe(true);
    expect(keepInvitation('https://party.example/room/ABC123', storage)).toBe(false);
    expect(storage.loadInvite('ABC123')).toBe(TOKEN);
  });
});
