// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { registry } from './support/fake-socket';
import { createPageHarness } from './support/page-harness';
import { joined } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, text, named, field, type, submit, open, nameless } = page;

beforeEach(page.fresh);
beforeEach(() => {
  // The start page works without its directory.
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  return () => void vi.unstubAllGlobals();
});

describe('the pages outside a room', () => {
  test.each([
    ['/', 'One film. Many sofas. Same frame.'],
    ['/create', 'Create a room'],
    ['/join', 'Join a room'],
    ['/room/ABC123', 'You are invited'],
    ['/nowhere', 'Nothing is showing here'],
  ])('%s has one heading, one main part, and named controls', async (path, heading) => {
    await open(path);
    expect(all('h1').map((h) => h.getAttribute('aria-label') ?? h.textContent)).toEqual([heading]);
    expect(all('main')).toHaveLength(1);
    expect(nameless()).toEqual([]);
  });

  test('an invalid name is explained at its field, and no request is sent', async () => {
    await open('/create');
    await type(field('Your name'), '<b>');
    await submit();
    const input = field('Your name');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const note = page.root.querySelector(`[id="${input.getAttribute('aria-describedby')}"]`)!;
    expect(note.getAttribute('role')).toBe('alert');
    expect(note.textContent).toMatch(/of any language/);
    expect(registry.sockets).toHaveLength(0);
    await type(field('Your name'), 'Ana');
    expect(field('Your name').getAttribute('aria-invalid')).toBe('false');
  });

  test('a pasted link becomes the code', async () => {
    await open('/join');
    await type(field('Room code or link'), 'https://party.example/room/abc123');
    expect(field('Room code or link').value).toBe('ABC123');
  });

  test('the last name is filled in', async () => {
    localStorage.setItem('wnc.name', 'Zoe');
    await open('/join?code=ABC123');
    expect(field('Your name').value).toBe('Zoe');
    expect(field('Room code or link').value).toBe('ABC123');
  });

  test('a taken name is explained', async () => {
    await open('/room/ABC123');
    await type(field('Your name'), 'Ben');
    await submit();
    socket().manualAnswers.add('join-room');
    socket().acceptConnection();
    await socket().lastRequest('join-room').answer({ ok: false, code: 'name_taken', error: 'x', retryable: false });
    await drawn();
    expect(all('[role=alert]').map((e) => e.textContent)).toEqual([
      'Somebody called Ben is already inside. Please take another name.',
    ]);
  });
});

describe('the pages of entry control', () => {
  /** Asks to come in as Ben, and lets the server answer. */
  async function asked(code: string, more: Record<string, unknown> = {}): Promise<void> {
    await open('/room/ABC123');
    await type(field('Your name'), 'Ben');
    await submit();
    socket().manualAnswers.add('join-room');
    socket().acceptConnection();
    await answered({ code, ...more });
  }
  async function answered(ack: Record<string, unknown>): Promise<void> {
    await socket()
      .lastRequest('join-room')
      .answer({ ok: false, error: 'x', retryable: false, ...ack });
    await vi.dynamicImportSettled();
    await drawn();
  }
  const alerts = () => all('[role=alert]').map((one) => one.textContent);
  const heading = () => all('h1').map((one) => one.textContent);
  const button = () => all('button[type="submit"]')[0]!;

  test('EN2 a password is asked for, hidden until the viewer wants to see it, and checked', async () => {
    await asked('password_required');
    expect([heading(), nameless(), alerts()]).toEqual([['What’s the word?'], [], []]);
    expect(field('Password').type).toBe('password');
    all('input[type="checkbox"]')[0]!.click();
    await drawn();
    expect(field('Password').type).toBe('text');
    await submit();
    expect(alerts()).toEqual(['Please type the password.']);
    expect(socket().requestCount('join-room')).toBe(1);
    await type(field('Password'), 'wrong');
    await submit();
    await submit();
    expect([button().textContent, socket().requestCount('join-room')]).toEqual(['One moment…', 2]);
    expect(socket().lastRequest('join-room').payload).toMatchObject({ userName: 'Ben', password: 'wrong' });
    await answered({ code: 'bad_password' });
    expect([alerts(), field('Password').value]).toEqual([['That is not the password. Please try again.'], '']);
    await type(field('Password'), 'popcorn');
    await submit();
    socket().receive('room-joined', joined());
    await drawn();
    expect(heading()).toEqual(['Room ABC123']);
  });

  test('EN3 too many wrong ones: nothing is sent until the time is over, and it is announced once', async () => {
    await asked('password_required');
    await type(field('Password'), 'wrong');
    await submit();
    await answered({ code: 'rate_limited', retryInMs: 61_000 });
    expect(text()).toContain('You can try again in 1 min 1 s.');
    expect([alerts(), button().textContent]).toEqual([[], 'Please wait']);
    expect(all('[role=status]').map((one) => one.textContent)).toEqual(['Too many wrong passwords. Please try again later.']);
    await type(field('Password'), 'popcorn');
    await submit();
    expect(socket().requestCount('join-room')).toBe(2);
    await vi.advanceTimersByTimeAsync(61_000);
    expect([text().includes('try again'), button().textContent]).toEqual([false, 'Let me in']);
    await submit();
    expect(socket().lastRequest('join-room').payload['password']).toBe('popcorn');
  });

  test('EN4 the page of a viewer who waits opens by itself, and says when the connection is lost', async () => {
    await asked('approval_pending', { knockId: 'k1', sessionToken: 'place' });
    const status = () => all('[role=status]')[0]!.textContent;
    expect([heading(), nameless()]).toEqual([['You are at the door'], []]);
    expect(status()).toMatch(/^A host has been asked/);
    socket().drop('transport close');
    await drawn();
    expect([heading(), status()]).toEqual([['You are at the door'], expect.stringMatching(/^The connection is lost/)]);
    socket().acceptConnection();
    socket().receive('room-joined', joined());
    await drawn();
    expect(heading()).toEqual(['Room ABC123']);
  });

  test('EN4 who stops waiting takes the knock back', async () => {
    await asked('approval_pending');
    named('button', 'Stop waiting').click();
    await drawn();
    expect(socket().sent).toContainEqual({ name: 'leave-room', payload: { roomId: 'ABC123' } });
    expect(location.pathname).toBe('/');
  });

  test.each([
    ['refused', 'Not this time', null],
    ['expired', 'Nobody came to the door', 'Ask again'],
    ['banned', 'You cannot come in here', null],
    ['closed', 'The doors are closed', 'Try again'],
    ['ended', 'This room has closed', null],
    ['dress-code', 'Not this time', null],
  ])('EN4 a knock that ends as %s', async (reason, title, again) => {
    await asked('approval_pending');
    socket().receive('entry-refused', { roomId: 'ABC123', reason });
    await drawn();
    expect([heading(), nameless()]).toEqual([[title], []]);
    expect(all('button').map((one) => one.textContent)).toEqual(again === null ? [] : [again]);
    expect(all('.notice-buttons a').map((one) => one.textContent)).toEqual(['Back to the entrance']);
  });

  test.each([
    ['EN9', 'banned', 'You cannot come in here'],
    ['EN5', 'entry_closed', 'The doors are closed'],
    ['EN4', 'waiting_full', 'There is a queue at the door'],
  ])('%s a join that is rejected with %s', async (_, code, title) => {
    await asked(code);
    expect(heading()).toEqual([title]);
  });

  test.each([
    ['EN8', 'removed', 'You were asked to leave'],
    ['EN9', 'banned', 'You cannot come in here'],
  ])('%s a member who was %s sees it', async (_, reason, title) => {
    await page.inside();
    socket().receive('room-closed', { roomId: 'ABC123', reason });
    await vi.dynamicImportSettled();
    await drawn();
    expect(heading()).toEqual([title]);
    expect(all('button')).toEqual([]);
  });

  test('EN6 an invitation leaves the address bar and comes along; without it the viewer may try again', async () => {
    await open('/room/ABC123#invite=kXb-0_9Zq');
    expect(location.href).toBe('http://localhost:3000/room/ABC123');
    await type(field('Your name'), 'Ben');
    await submit();
    socket().manualAnswers.add('join-room');
    socket().acceptConnection();
    expect(socket().lastRequest('join-room').payload).toMatchObject({ invite: 'kXb-0_9Zq' });
    await answered({ code: 'bad_invite' });
    expect(heading()).toEqual(['This invitation has run out']);
    named('button', 'Come in without it').click();
    await drawn();
    socket().manualAnswers.add('join-room');
    socket().acceptConnection();
    await drawn();
    expect(socket().lastRequest('join-room').payload).toEqual({ roomId: 'ABC123', userName: 'Ben' });
  });

  test('EN6 a pasted invitation comes along from the page with the code', async () => {
    await open('/join');
    await type(field('Room code or link'), 'https://party.example/room/abc123#invite=kXb-0_9Zq');
    expect(field('Room code or link').value).toBe('ABC123');
    await type(field('Your name'), 'Ben');
    await submit();
    socket().manualAnswers.add('join-room');
    socket().acceptConnection();
    expect(socket().lastRequest('join-room').payload).toMatchObject({ roomId: 'ABC123', invite: 'kXb-0_9Zq' });
  });
});

describe('RT3 the options of a new room', () => {
  async function withOptions(): Promise<void> {
    await open('/create');
    await type(field('Your name'), 'Ana');
    all('.disclosure-button')[0]!.click();
    await drawn();
    await vi.dynamicImportSettled();
    await drawn();
  }
  async function choose(name: string, value: string): Promise<void> {
    page.root.querySelector<HTMLInputElement>(`input[name="${name}"][value="${value}"]`)!.click();
    await drawn();
  }
  async function sent(): Promise<unknown> {
    await submit();
    socket().manualAnswers.add('create-room');
    socket().acceptConnection();
    return socket().lastRequest('create-room').payload;
  }

  test('are folded away, and a room without them is the original’s', async () => {
    await open('/create');
    expect(all('.disclosure-button')[0]!.getAttribute('aria-expanded')).toBe('false');
    await type(field('Your name'), 'Ana');
    expect(await sent()).toEqual({ hostName: 'Ana' });
  });

  test('have names, and all are sent', async () => {
    await withOptions();
    expect(nameless()).toEqual([]);
    await type(field('Title of the room'), ' Friday  night ');
    await choose('entry', 'password');
    await type(field('Password of the room'), 'popcorn');
    await choose('control', 'everyone');
    page.root.querySelector<HTMLInputElement>('input[name="listed"]')!.click();
    await drawn();
    expect(await sent()).toEqual({
      hostName: 'Ana',
      settings: { title: 'Friday night', entry: 'password', control: 'everyone', listed: true },
      password: 'popcorn',
    });
  });

  test('EN2 a password that is too short opens the options and is explained there', async () => {
    await withOptions();
    await choose('entry', 'password');
    await type(field('Password of the room'), 'abc');
    all('.disclosure-button')[0]!.click();
    await drawn();
    await submit();
    expect(all('[role=alert]').map((one) => one.textContent)).toEqual(['A password has at least 4 characters.']);
    expect(field('Password of the room').value).toBe('abc');
    expect(registry.sockets).toHaveLength(0);
    await type(field('Password of the room'), 'abcd');
    expect(all('[role=alert]')).toEqual([]);
  });

  test('EN2 a password is not sent with another way in, and does not stop it', async () => {
    await withOptions();
    await choose('entry', 'password');
    await type(field('Password of the room'), 'abc');
    await choose('entry', 'approval');
    expect(await sent()).toEqual({ hostName: 'Ana', settings: { entry: 'approval' } });
  });
});
