// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { render } from 'preact';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeSocket } from './support/fake-line';
import { aPage } from './support/page';
import { aMessage, aRoom, aTimeline, aUser, joined } from './support/wire';

const wire = vi.hoisted(() => ({ sockets: [] as unknown[] }));
vi.mock('socket.io-client', () => ({
  io: () => {
    const socket = new FakeSocket();
    wire.sockets.push(socket);
    return socket;
  },
}));

const page = aPage(wire);
const { socket, drawn, all, text, named, field, type, press, submit, open, inside, nameless } = page;

beforeEach(page.fresh);

describe('the screens before a room', () => {
  test.each([
    ['/', 'One film. Many sofas. Same frame.'],
    ['/create', 'Create a room'],
    ['/join', 'Join a room'],
    ['/room/ABC123', 'You are invited'],
    ['/nowhere', 'Nothing is showing here'],
  ])('%s has one heading, a main part, and a name on everything', async (path, heading) => {
    await open(path);
    expect(all('h1').map((h) => h.getAttribute('aria-label') ?? h.textContent)).toEqual([heading]);
    expect(all('main')).toHaveLength(1);
    expect(nameless()).toEqual([]);
  });

  test('a bad name is explained at its field, and nothing is asked of the server', async () => {
    await open('/create');
    await type(field('Your name'), '<b>');
    await submit();
    const input = field('Your name');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const note = page.root.querySelector(`[id="${input.getAttribute('aria-describedby')}"]`)!;
    expect(note.getAttribute('role')).toBe('alert');
    expect(note.textContent).toMatch(/Letters A to Z/);
    expect(wire.sockets).toHaveLength(0);
    await type(field('Your name'), 'Ana');
    expect(field('Your name').getAttribute('aria-invalid')).toBe('false');
  });

  test('a code that is pasted as a link becomes the code', async () => {
    await open('/join');
    await type(field('Room code or link'), 'https://party.example/room/abc123');
    expect(field('Room code or link').value).toBe('ABC123');
  });

  test('the name of last time is there', async () => {
    localStorage.setItem('wnc.name', 'Zoe');
    await open('/join?code=ABC123');
    expect(field('Your name').value).toBe('Zoe');
    expect(field('Room code or link').value).toBe('ABC123');
  });

  test('a name that is taken is said at the door', async () => {
    await open('/room/ABC123');
    await type(field('Your name'), 'Ben');
    await submit();
    socket().held.add('join-room');
    socket().accept();
    await socket().last('join-room').answer({ ok: false, code: 'name_taken', error: 'x', retryable: false });
    await drawn();
    expect(all('[role=alert]').map((e) => e.textContent)).toEqual([
      'Somebody called Ben is already inside. Please take another name.',
    ]);
  });
});

describe('the chat', () => {
  const EVIL = [
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<iframe srcdoc="<b>">',
    '&lt;b&gt;',
    '"><style>*{display:none}</style>',
    'javascript:alert(1)',
  ];

  test.each(EVIL)('%s stays text, as a message, as a name, and in the history', async (evil) => {
    const message = aMessage({ id: 'h', message: evil, userName: evil });
    await inside({ messages: [message], room: aRoom({ users: [aUser({ isHost: true }), aUser({ id: 'u2', name: evil })] }) });
    socket().tell('new-message', { message: aMessage({ id: 'm', message: evil, userName: evil }), epoch: 1, seq: 6 });
    socket().tell('user-left', { userId: 'u2', epoch: 1, seq: 7 });
    await drawn();
    const log = page.root.querySelector('[role=log]')!;
    expect(log.querySelectorAll('img, script, svg, iframe, style, a, [onerror], [onload]')).toHaveLength(0);
    expect(all('.message-text').map((e) => e.textContent)).toEqual([evil, evil]);
    expect(log.textContent).toContain(`${evil} left`);
  });

  test('a link in a message opens elsewhere and tells nobody where from', async () => {
    await inside({ messages: [aMessage({ message: 'see https://a.example/x?"onclick=1 now' })] });
    const [link] = all('[role=log] a');
    expect(link!.getAttribute('href')).toBe('https://a.example/x');
    expect(link!.getAttribute('rel')).toContain('noopener');
    expect(link!.getAttribute('target')).toBe('_blank');
    expect(link!.hasAttribute('onclick')).toBe(false);
  });

  test('Enter sends, Shift+Enter does not, and neither while a word is being composed', async () => {
    await inside();
    const area = named('textarea', 'Message');
    await type(area, 'hello');
    expect((await press(area, 'Enter', { shiftKey: true })).defaultPrevented).toBe(false);
    expect((await press(area, 'Enter', { isComposing: true })).defaultPrevented).toBe(false);
    expect(socket().count('send-message')).toBe(0);
    expect((await press(area, 'Enter')).defaultPrevented).toBe(true);
    expect(socket().last('send-message').payload['message']).toBe('hello');
    expect((area as HTMLTextAreaElement).value).toBe('');
  });

  test('nothing to say is not sent', async () => {
    await inside();
    const area = named('textarea', 'Message');
    await type(area, '   ');
    await press(area, 'Enter');
    expect(socket().count('send-message')).toBe(0);
  });

  test('a message on its way says in words how it stands, where others hear it', async () => {
    await inside();
    socket().held.add('send-message');
    page.app.talk.say('hello');
    await drawn();
    expect(all('.message-note')).toEqual([]);
    await vi.advanceTimersByTimeAsync(800);
    expect(all('[role=log] .message-note').map((e) => e.textContent)).toEqual(['Sending…']);
    await socket().last('send-message').answer({ ok: false, code: 'unavailable', error: 'x', retryable: true });
    await drawn();
    expect(all('[role=log] .message-note').map((e) => e.textContent)).toEqual(['Not sent yet – trying again']);
    await vi.advanceTimersByTimeAsync(1000);
    const { messageId } = socket().last('send-message').payload;
    await socket().last('send-message').answer({ ok: true, messageId });
    await drawn();
    expect(all('.message-note')).toEqual([]);
    expect(all('.message-text').map((e) => e.textContent)).toEqual(['hello']);
  });

  test('a message that failed for good offers another try and the bin', async () => {
    await inside();
    socket().held.add('send-message');
    page.app.talk.say('hello');
    const no = { ok: false, code: 'invalid_data', error: 'The server said no.', retryable: false };
    await socket().last('send-message').answer(no);
    await drawn();
    expect(all('[role=alert]')[0]!.textContent).toContain('Not sent: The server said no.');
    named('button', 'Try again').click();
    await drawn();
    expect(socket().count('send-message')).toBe(2);
    await socket().last('send-message').answer(no);
    await drawn();
    named('button', 'Discard').click();
    await drawn();
    expect(all('.message')).toHaveLength(0);
  });

  test('new lines are announced politely, who writes is shown', async () => {
    await inside();
    const log = page.root.querySelector('[role=log]')!;
    expect(log.getAttribute('aria-live')).toBe('polite');
    expect(log.getAttribute('tabindex')).toBe('0');
    socket().tell('user-typing', { userId: 'u2', userName: 'Ben' });
    await drawn();
    expect(text()).toContain('Ben is writing');
  });
});

describe('the room', () => {
  const film = { videoUrl: 'https://films.example/My%20Film.mp4', videoType: 'video' };
  const guest = {
    room: aRoom({ ...film, users: [aUser({ id: 'u2', name: 'Ben', isHost: true }), aUser()] }),
    user: aUser(),
    timeline: aTimeline({ position: 12 }),
  };

  test('everything has a name, for the host and for a guest', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline() });
    expect(nameless()).toEqual([]);
    expect(all('h1').map((h) => h.textContent)).toEqual(['Room ABC123']);
    render(null, page.root);
    await inside(guest);
    expect(nameless()).toEqual([]);
  });

  test('the title of a film is text', async () => {
    await inside({ room: aRoom({ videoUrl: 'https://films.example/%3Cimg%20src=x%3E.mp4', videoType: 'video' }) });
    expect(page.root.querySelector('.room-title')!.innerHTML).not.toContain('<img');
  });

  test('who does not hold the remote meets held controls that say who does', async () => {
    await inside(guest);
    for (const name of ['Play', 'Back 10 seconds', 'Ahead 10 seconds', 'Position in the film']) {
      const control = named('.bar button, .bar input', name);
      expect(control.getAttribute('aria-disabled')).toBe('true');
      expect(page.root.querySelector(`[id="${control.getAttribute('aria-describedby')}"]`)!.textContent).toBe(
        'Ben holds the remote',
      );
    }
    named('.bar button', 'Play').click();
    await drawn();
    expect(page.root.querySelector('[role=status].toast')!.textContent).toBe('Ben holds the remote');
    expect(socket().count('play-video')).toBe(0);
  });

  test('the slider speaks its time', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline({ position: 75, duration: 3675 }) });
    await vi.advanceTimersByTimeAsync(400);
    expect(named('input', 'Position in the film').getAttribute('aria-valuetext')).toBe(
      '1 minute 15 seconds of 1 hour 1 minute 15 seconds',
    );
  });

  test('keys work outside of fields, and never inside, with a modifier, or over a dialog', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline() });
    const area = named('textarea', 'Message');
    await press(area, 'k');
    await press(document.body, 'k', { ctrlKey: true });
    expect(socket().count('play-video')).toBe(0);
    await press(document.body, 'k');
    expect(socket().count('play-video')).toBe(1);
    const before = page.app.theatre.muted.value;
    await press(document.body, 'm');
    expect(page.app.theatre.muted.value).toBe(!before);
    await press(document.body, '?');
    expect(page.root.querySelector('dialog[open]')!.textContent).toContain('Keyboard');
    await press(document.body, 'k');
    expect(socket().count('play-video')).toBe(1);
  });

  test('what moves everybody’s film acts only where the film is looked at', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline({ duration: 600 }) });
    const acts = () => socket().count('play-video') + socket().count('seek-video') + socket().count('pause-video');
    const places = [
      named('textarea', 'Message'),
      named('input', 'Volume'),
      named('input', 'Position in the film'),
      all('[role=log]')[0]!,
      all('[role=tab]')[0]!,
    ];
    for (const place of places) for (const key of ['k', 'j', 'l', ' ', 'ArrowLeft', 'ArrowRight']) await press(place, key);
    for (const more of [{ shiftKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }, { keyCode: 229 }]) {
      for (const key of ['k', 'L', 'ArrowRight']) await press(document.body, key, more);
    }
    expect(acts()).toBe(0);
    // What is written for the person alone acts from the list as well.
    await press(all('[role=log]')[0]!, '/');
    expect(document.activeElement).toBe(named('textarea', 'Message'));
    await press(document.body, 'K');
    expect(acts()).toBe(1);
  });

  test('/ over a picture that fills the window opens a field there, and its Enter sends', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline() });
    named('button', 'Full screen').click();
    await drawn();
    expect(all('.stage')[0]!.dataset['fills']).toBe('window');
    await press(document.body, '/');
    const area = all('.stage textarea')[0]! as unknown as HTMLTextAreaElement;
    expect(document.activeElement).toBe(area);
    await page.type(area, 'lol look');
    await press(area, 'k');
    expect(socket().count('play-video')).toBe(0);
    await press(area, 'Enter');
    expect(socket().last('send-message').payload).toMatchObject({ message: 'lol look' });
    expect(all('.stage textarea')).toEqual([]);
    expect(page.app.toasts.current.value?.text).toBe('You: lol look');
    await press(document.body, 'Escape');
    expect(all('.stage')[0]!.dataset['fills']).toBe('no');
  });

  test('an Enter that ends a composition sends nothing: by its state, its code, or just after the end', async () => {
    await inside();
    const area = named('textarea', 'Message') as unknown as HTMLTextAreaElement;
    await page.type(area, 'こんに');
    await press(area, 'Enter', { isComposing: true });
    // Safari: the composition is over already when its key comes.
    await press(area, 'Enter', { keyCode: 229 });
    const at = (event: Event, timeStamp: number) => Object.defineProperty(event, 'timeStamp', { value: timeStamp });
    area.dispatchEvent(at(new Event('compositionend', { bubbles: true }), 1000));
    const enter = (timeStamp: number) =>
      at(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }), timeStamp);
    area.dispatchEvent(enter(1002));
    await drawn();
    expect(socket().count('send-message')).toBe(0);
    await page.type(area, 'こんにちは');
    area.dispatchEvent(enter(1400));
    await drawn();
    expect(socket().last('send-message').payload).toMatchObject({ message: 'こんにちは' });
  });

  test('space belongs to a focused button', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline() });
    await press(named('button', 'Full screen'), ' ');
    expect(socket().count('play-video')).toBe(0);
    await press(document.body, ' ');
    expect(socket().count('play-video')).toBe(1);
  });

  test('the tabs are tabs: one in the order of Tab, arrows between them', async () => {
    await inside({ room: aRoom(film) });
    const [chat, people] = all('[role=tab]');
    expect([chat!.getAttribute('aria-selected'), people!.getAttribute('aria-selected')]).toEqual(['true', 'false']);
    expect([chat!.tabIndex, people!.tabIndex]).toEqual([0, -1]);
    await press(chat!, 'ArrowRight');
    expect(people!.getAttribute('aria-selected')).toBe('true');
    expect(page.root.querySelector('#panel-people')!.textContent).toContain('Ana you');
    expect(page.root.querySelector('#panel-chat')!.hasAttribute('hidden')).toBe(true);
  });

  test('messages that come while people are shown are counted on the tab', async () => {
    await inside();
    all('[role=tab]')[1]!.click();
    await drawn();
    socket().tell('new-message', { message: aMessage(), epoch: 1, seq: 6 });
    await drawn();
    expect(all('[role=tab]')[0]!.textContent).toBe('Chat1 new');
    all('[role=tab]')[0]!.click();
    await drawn();
    expect(all('[role=tab]')[0]!.textContent).toBe('Chat');
  });

  test('the remote is handed on after a question', async () => {
    await inside({ room: aRoom({ users: [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Ben' })] }) });
    all('[role=tab]')[1]!.click();
    await drawn();
    named('button', 'Give Ben the remote').click();
    await drawn();
    expect(socket().count('promote-host')).toBe(0);
    named('button', 'Yes').click();
    await drawn();
    expect(socket().last('promote-host').payload).toMatchObject({ userId: 'u2' });
  });

  test('a lost line is said in a status, and so is its return; then it is quiet', async () => {
    await inside();
    const strip = () => page.root.querySelector('.line-strip')!;
    expect([strip().getAttribute('role'), strip().textContent]).toEqual(['status', '']);
    socket().drop('transport close');
    await drawn();
    expect(strip().textContent).toBe('');
    await vi.advanceTimersByTimeAsync(600);
    expect(strip().textContent).toBe('Reconnecting to the room…');
    socket().accept();
    socket().tell('room-joined', joined({ resumed: true }));
    await vi.advanceTimersByTimeAsync(250);
    expect(strip().textContent).toBe('Back in the room');
    page.app.toasts.show('something else');
    await drawn();
    expect(strip().textContent).toBe('Back in the room');
    await vi.advanceTimersByTimeAsync(3000);
    expect(strip().textContent).toBe('');
  });

  test('a room that is away is said in the same place, and focus and half a message stay', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline() });
    const area = named('textarea', 'Message') as HTMLTextAreaElement;
    await type(area, 'half a sent');
    area.focus();
    socket().tell('room-availability', { roomId: 'ABC123', available: false });
    await vi.advanceTimersByTimeAsync(600);
    expect(page.root.querySelector('.line-strip')!.textContent).toBe('Reconnecting to the room…');
    socket().held.add('resume');
    socket().tell('room-availability', { roomId: 'ABC123', available: true });
    socket().tell('stream-position', { roomId: 'ABC123', epoch: 9, seq: 1 });
    const snapshot = { room: aRoom(film), messages: [], timeline: aTimeline({ epoch: 9 }) };
    await socket().last('resume').answer({ ok: true, epoch: 9, seq: 1, snapshot });
    await vi.advanceTimersByTimeAsync(250);
    expect(page.root.querySelector('.line-strip')!.textContent).toBe('Back in the room');
    expect(document.activeElement).toBe(area);
    expect(named('textarea', 'Message')).toBe(area);
    expect(area.value).toBe('half a sent');
  });

  test('a reload while the room is away waits, says why, and has a way out', async () => {
    sessionStorage.setItem('wnc.seat', JSON.stringify({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' }));
    await open('/room/ABC123');
    socket().held.add('join-room');
    socket().accept();
    await vi.advanceTimersByTimeAsync(500);
    await socket().last('join-room').answer({ ok: false, code: 'unavailable', error: 'Failed to join room', retryable: true });
    await drawn();
    expect(page.root.querySelector('[role=status]')!.textContent).toBe('The room cannot be reached right now. Trying again…');
    expect(named('a', 'Back to the entrance')).toBeTruthy();
    await vi.advanceTimersByTimeAsync(1000);
    expect(socket().count('join-room')).toBe(2);
    socket().tell('room-joined', joined());
    await drawn();
    expect(named('textarea', 'Message')).toBeTruthy();
  });

  test.each([
    ['session-replaced', {}, 'You opened this room in another tab', 'Use it here'],
    ['room-closed', { roomId: 'ABC123' }, 'This room has closed', 'Create a new room'],
  ])('%s is a screen of its own with a way on', async (name, payload, heading, way) => {
    await inside();
    socket().tell(name, payload);
    await drawn();
    expect(page.root.querySelector('h1')!.textContent).toBe(heading);
    expect(named('button, a', way)).toBeTruthy();
  });
});

describe('the people of a big room', () => {
  const guests = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => aUser({ id: `g${from + i}`, name: `Guest ${from + i}` }));
  const people = () => all('.person-name').map((element) => element.textContent);

  async function crowded() {
    await inside({ room: aRoom({ userCount: 250, users: [aUser({ isHost: true }), ...guests(0, 3)] }) });
    socket().held.add('get-people');
    named('[role="tab"]', 'People 250').click();
    await drawn();
  }

  test('are counted, and some of them shown; everything has a name', async () => {
    await crowded();
    expect(people()).toEqual(['Ana you', 'Guest 0', 'Guest 1', 'Guest 2']);
    expect(field('Find somebody among 250 people')).not.toBeNull();
    expect(nameless()).toEqual([]);
    socket().tell('presence', { roomId: 'ABC123', epoch: 1, seq: 9, since: 5, big: true, count: 251, joined: guests(9, 10), left: ['g0'], away: [], returned: [], more: false }); // prettier-ignore
    await drawn();
    expect(people()).toEqual(['Ana you', 'Guest 1', 'Guest 2', 'Guest 9']);
    expect(text()).toContain('People 251');
    expect(socket().count('resume')).toBe(0);
  });

  test('more of them come on demand, up to the last', async () => {
    await crowded();
    named('button', 'Show more').click();
    await socket()
      .last('get-people')
      .answer({ ok: true, count: 5, users: guests(0, 5) });
    await drawn();
    expect(people()).toHaveLength(6);
    expect(all('button').map((button) => button.textContent)).not.toContain('Show more');
  });

  test('are found by name, and how many is said', async () => {
    await crowded();
    await type(field('Find somebody among 250 people'), 'guest 7');
    await vi.advanceTimersByTimeAsync(400);
    expect(socket().last('get-people').payload).toEqual({ roomId: 'ABC123', query: 'guest 7' });
    await socket()
      .last('get-people')
      .answer({ ok: true, count: 1, users: guests(7, 8) });
    await drawn();
    expect(people()).toEqual(['Guest 7']);
    expect(all('.crowd-note[role="status"]')[0]!.textContent).toBe('1 person found');
  });

  test('in a small room there is nothing of that', async () => {
    await inside();
    named('[role="tab"]', 'People 1').click();
    await drawn();
    expect(all('input[type="search"]')).toEqual([]);
    expect(all('.person')).toHaveLength(1);
  });
});
