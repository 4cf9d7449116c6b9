// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageHarness } from './support/page-harness';
import { aRoom } from './support/wire';
import { DEFAULT_SETTINGS } from '../src/protocol/room-access';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, text, named, open, inside, nameless } = page;

const fetchPage = vi.fn<(address: string) => Promise<unknown>>();
const response = (body: unknown, status = 200) => ({ status, json: () => Promise.resolve(body) });

beforeEach(page.fresh);
beforeEach(() => {
  fetchPage.mockReset().mockImplementation(() => Promise.resolve(response(null, 204)));
  vi.stubGlobal('fetch', fetchPage);
});
afterEach(() => vi.unstubAllGlobals());

const room = (roomId: string, over: Record<string, unknown> = {}) => ({
  roomId, title: null, film: null, members: 3, entry: 'link', playing: true, ...over,
}); // prettier-ignore

async function home(...pages: unknown[]): Promise<void> {
  for (const one of pages) fetchPage.mockImplementationOnce(() => Promise.resolve(response(one)));
  await open('/');
  await vi.dynamicImportSettled();
  await drawn();
}
const headings = () => all('.home-list h2').map((one) => one.textContent);
const rows = () => all('.home-room').map((one) => one.querySelector('a')!.textContent);

describe('EN12 the directory on the start page', () => {
  const film = { videoUrl: 'https://films.example/My%20Film.mp4', videoType: 'video' };

  test('shows each room with its title, film, way in and number', async () => {
    await home({
      rooms: [
        room('AAAAAA', { title: 'Friday', film }),
        room('BBBBBB', { film, playing: false, entry: 'password' }),
        room('CCCCCC', { entry: 'approval', members: 0 }),
      ],
      next: null,
    });
    expect(headings()).toEqual(['Showing now']);
    expect(rows()).toEqual([
      'AAAAAAFridayMy Film3 inside',
      'BBBBBBA room without a titleMy Film, pausedwith a password3 inside',
      'CCCCCCA room without a titleno film yeta host lets you in0 inside',
    ]);
    expect(nameless()).toEqual([]);
    expect(all('.home-room a').map((one) => one.getAttribute('href'))).toEqual(['/room/AAAAAA', '/room/BBBBBB', '/room/CCCCCC']);
    named('.home-room a', all('.home-room a')[1]!.textContent!).click();
    await drawn();
    expect(location.pathname).toBe('/room/BBBBBB');
  });

  test('what strangers wrote is text', async () => {
    await home({
      rooms: [
        room('AAAAAA', { title: '<img src=x onerror=alert(1)>', film: { videoUrl: 'javascript:alert(1)//%', videoType: null } }),
      ],
      next: null,
    });
    expect(all('.home-room img')).toEqual([]);
    expect(rows()[0]).toContain('<img src=x onerror=alert(1)>Film');
    expect(all('.home-room a').map((one) => one.getAttribute('href'))).toEqual(['/room/AAAAAA']);
  });

  test('more rooms are shown on demand, until there are none', async () => {
    await home({ rooms: [room('AAAAAA')], next: 'AAAAAA' }, { rooms: [room('BBBBBB')], next: null });
    named('button', 'Show more rooms').click();
    await drawn();
    expect(fetchPage.mock.calls.map(([address]) => address)).toEqual(['/api/rooms?limit=12', '/api/rooms?limit=12&after=AAAAAA']);
    expect(all('.home-room')).toHaveLength(2);
    expect(all('.home-list button')).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['switched off', () => Promise.resolve(response(null, 204))],
    ['not reached', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['failing', () => Promise.resolve(response({ rooms: [room('AAAAAA')], next: null }, 503))],
    ['no JSON', () => Promise.resolve({ status: 200, json: () => Promise.reject(new SyntaxError('x')) })],
    ['malformed', () => Promise.resolve(response({ rooms: [room('AAAAAA', { members: null })], next: null }))],
    ['empty', () => Promise.resolve(response({ rooms: [], next: null }))],
  ])('%s: the start page works without it', async (_, answer) => {
    fetchPage.mockImplementation(answer);
    await home();
    expect(fetchPage).toHaveBeenCalledTimes(1);
    expect(headings()).toEqual([]);
    expect(all('[role=alert]')).toEqual([]);
    named('a', 'Create a room').click();
    await drawn();
    expect(all('h1').map((one) => one.textContent)).toEqual(['Create a room']);
  });
});

describe('the last rooms on the start page', () => {
  test('a visited room is listed with its present title, and can be forgotten', async () => {
    await inside({ room: aRoom({ settings: { ...DEFAULT_SETTINGS, title: 'Friday' } }) });
    socket().receive('settings-changed', {
      settings: { ...DEFAULT_SETTINGS, title: '<b>Monday' },
      userId: 'u1',
      epoch: 1,
      seq: 6,
    });
    named('a', 'Leave the room').click();
    await vi.dynamicImportSettled();
    await drawn();
    expect([headings(), rows(), nameless()]).toEqual([['Your last rooms'], ['ABC123<b>Monday'], []]);
    named('button', 'Forget the room <b>Monday').click();
    await drawn();
    expect([headings(), localStorage.getItem('wnc.rooms')]).toEqual([[], null]);
  });

  test('all are forgotten at once', async () => {
    localStorage.setItem('wnc.rooms', JSON.stringify(['AAAAAA', 'BBBBBB'].map((roomId) => ({ roomId, title: null }))));
    await home();
    expect(rows()).toEqual(['AAAAAAA room without a title', 'BBBBBBA room without a title']);
    named('button', 'Forget all').click();
    await drawn();
    expect([headings(), localStorage.getItem('wnc.rooms')]).toEqual([[], null]);
  });

  test('a room that is not found any more is forgotten', async () => {
    localStorage.setItem('wnc.rooms', JSON.stringify([{ roomId: 'ABC123', title: 'Friday' }]));
    await open('/room/ABC123');
    page.app.session.join('ABC123', 'Ana');
    socket().manualAnswers.add('join-room');
    socket().acceptConnection();
    await socket().lastRequest('join-room').answer({ ok: false, code: 'room_not_found', error: 'x', retryable: false });
    await drawn();
    expect(text()).toContain('Room not found');
    expect(localStorage.getItem('wnc.rooms')).toBeNull();
  });

  test.each(['{', '[{"roomId":"../x"}]', 'null'])('%s in the storage is no list', async (kept) => {
    localStorage.setItem('wnc.rooms', kept);
    await home();
    expect(headings()).toEqual([]);
  });
});
