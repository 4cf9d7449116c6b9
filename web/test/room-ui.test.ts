// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { render } from 'preact';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageHarness } from './support/page-harness';
import { aMessage, aRoom, aTimeline, aUser, joined } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, named, type, press, open, inside, nameless } = page;

beforeEach(page.fresh);

describe('the room', () => {
  const film = { videoUrl: 'https://films.example/My%20Film.mp4', videoType: 'video' };
  const guest = {
    room: aRoom({ ...film, users: [aUser({ id: 'u2', name: 'Ben', isHost: true }), aUser()] }),
    user: aUser(),
    timeline: aTimeline({ position: 12 }),
  };

  test('all controls have names, for a host and for a guest', async () => {
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

  test("a guest's controls are locked and say who holds the remote", async () => {
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
    expect(socket().requestCount('play-video')).toBe(0);
  });

  test('the slider has a text value', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline({ position: 75, duration: 3675 }) });
    await vi.advanceTimersByTimeAsync(400);
    expect(named('input', 'Position in the film').getAttribute('aria-valuetext')).toBe(
      '1 minute 15 seconds of 1 hour 1 minute 15 seconds',
    );
  });

  test('shortcuts work outside fields only, without modifiers, and not over a dialog', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline() });
    const area = named('textarea', 'Message');
    await press(area, 'k');
    await press(document.body, 'k', { ctrlKey: true });
    expect(socket().requestCount('play-video')).toBe(0);
    await press(document.body, 'k');
    expect(socket().requestCount('play-video')).toBe(1);
    const before = page.app.playerHost.muted.value;
    await press(document.body, 'm');
    expect(page.app.playerHost.muted.value).toBe(!before);
    await press(document.body, '?');
    expect(page.root.querySelector('dialog[open]')!.textContent).toContain('Keyboard');
    await press(document.body, 'k');
    expect(socket().requestCount('play-video')).toBe(1);
  });

  test("shortcuts that control everybody's film need the focus on the film", async () => {
    await inside({ room: aRoom(film), timeline: aTimeline({ duration: 600 }) });
    const acts = () =>
      socket().requestCount('play-video') + socket().requestCount('seek-video') + socket().requestCount('pause-video');
    const places = [
      named('textarea', 'Message'),
      named('input', 'Volume'),
      named('input', 'Position in the film'),
      all('[role=log]')[0]!,
      all('[role=tab]')[0]!,
    ];
    for (const place of places) for (const key of ['k', 'j', 'l', ' ']) await press(place, key);
    // Arrow keys on the slider move it.
    for (const place of places.toSpliced(2, 1)) for (const key of ['ArrowLeft', 'ArrowRight']) await press(place, key);
    for (const more of [{ shiftKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }, { keyCode: 229 }]) {
      for (const key of ['k', 'L', 'ArrowRight']) await press(document.body, key, more);
    }
    expect(acts()).toBe(0);
    // Keys that affect only this viewer also work in the chat log.
    await press(all('[role=log]')[0]!, '/');
    expect(document.activeElement).toBe(named('textarea', 'Message'));
    await press(document.body, 'K');
    expect(acts()).toBe(1);
  });

  test('/ in window mode opens a field over the picture, and Enter sends', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline() });
    named('button', 'Full screen').click();
    await drawn();
    expect(all('.player-area')[0]!.dataset['fullscreen']).toBe('window');
    await press(document.body, '/');
    const area = all('.player-area textarea')[0]! as unknown as HTMLTextAreaElement;
    expect(document.activeElement).toBe(area);
    await page.type(area, 'lol look');
    await press(area, 'k');
    expect(socket().requestCount('play-video')).toBe(0);
    await press(area, 'Enter');
    expect(socket().lastRequest('send-message').payload).toMatchObject({ message: 'lol look' });
    expect(all('.player-area textarea')).toEqual([]);
    expect(page.app.toasts.current.value).toBeNull();
    await press(document.body, 'Escape');
    expect(all('.player-area')[0]!.dataset['fullscreen']).toBe('no');
  });

  test('an Enter that ends a composition sends nothing', async () => {
    await inside();
    const area = named('textarea', 'Message') as unknown as HTMLTextAreaElement;
    await page.type(area, 'こんに');
    await press(area, 'Enter', { isComposing: true });
    // In Safari the composition has ended when its key event arrives.
    await press(area, 'Enter', { keyCode: 229 });
    const at = (event: Event, timeStamp: number) => Object.defineProperty(event, 'timeStamp', { value: timeStamp });
    area.dispatchEvent(at(new Event('compositionend', { bubbles: true }), 1000));
    const enter = (timeStamp: number) =>
      at(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }), timeStamp);
    area.dispatchEvent(enter(1002));
    await drawn();
    expect(socket().requestCount('send-message')).toBe(0);
    await page.type(area, 'こんにちは');
    area.dispatchEvent(enter(1400));
    await drawn();
    expect(socket().lastRequest('send-message').payload).toMatchObject({ message: 'こんにちは' });
  });

  test('space belongs to a focused button', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline() });
    await press(named('button', 'Full screen'), ' ');
    expect(socket().requestCount('play-video')).toBe(0);
    await press(document.body, ' ');
    expect(socket().requestCount('play-video')).toBe(1);
  });

  test('tabs: one in the tab order, arrows switch between them', async () => {
    await inside({ room: aRoom(film) });
    const [chat, people] = all('[role=tab]');
    expect([chat!.getAttribute('aria-selected'), people!.getAttribute('aria-selected')]).toEqual(['true', 'false']);
    expect([chat!.tabIndex, people!.tabIndex]).toEqual([0, -1]);
    await press(chat!, 'ArrowRight');
    expect(people!.getAttribute('aria-selected')).toBe('true');
    expect(page.root.querySelector('#panel-members')!.textContent).toContain('Ana you');
    expect(page.root.querySelector('#panel-chat')!.hasAttribute('hidden')).toBe(true);
  });

  test('messages received while members are shown are counted on the tab', async () => {
    await inside();
    all('[role=tab]')[1]!.click();
    await drawn();
    socket().receive('new-message', { message: aMessage(), epoch: 1, seq: 6 });
    await drawn();
    expect(all('[role=tab]')[0]!.textContent).toBe('Chat1 new');
    all('[role=tab]')[0]!.click();
    await drawn();
    expect(all('[role=tab]')[0]!.textContent).toBe('Chat');
  });

  test('promoting a host asks for confirmation', async () => {
    await inside({ room: aRoom({ users: [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Ben' })] }) });
    all('[role=tab]')[1]!.click();
    await drawn();
    named('button', 'Give remote to Ben').click();
    await drawn();
    expect(socket().requestCount('promote-host')).toBe(0);
    named('button', 'Yes').click();
    await drawn();
    expect(socket().lastRequest('promote-host').payload).toMatchObject({ userId: 'u2' });
  });

  test('a lost connection and its return are announced in a status', async () => {
    await inside();
    const strip = () => page.root.querySelector('.connection-banner')!;
    expect([strip().getAttribute('role'), strip().textContent]).toEqual(['status', '']);
    socket().drop('transport close');
    await drawn();
    expect(strip().textContent).toBe('');
    await vi.advanceTimersByTimeAsync(600);
    expect(strip().textContent).toBe('Reconnecting to the room…');
    socket().acceptConnection();
    socket().receive('room-joined', joined({ resumed: true }));
    await vi.advanceTimersByTimeAsync(250);
    expect(strip().textContent).toBe('Back in the room');
    page.app.toasts.show('something else');
    await drawn();
    expect(strip().textContent).toBe('Back in the room');
    await vi.advanceTimersByTimeAsync(3000);
    expect(strip().textContent).toBe('');
  });

  test('an unavailable room is announced in the same place, and focus and draft stay', async () => {
    await inside({ room: aRoom(film), timeline: aTimeline() });
    const area = named('textarea', 'Message') as HTMLTextAreaElement;
    await type(area, 'half a sent');
    area.focus();
    socket().receive('room-availability', { roomId: 'ABC123', available: false });
    await vi.advanceTimersByTimeAsync(600);
    expect(page.root.querySelector('.connection-banner')!.textContent).toBe('Reconnecting to the room…');
    socket().manualAnswers.add('resume');
    socket().receive('room-availability', { roomId: 'ABC123', available: true });
    socket().receive('stream-position', { roomId: 'ABC123', epoch: 9, seq: 1 });
    const snapshot = { room: aRoom(film), messages: [], timeline: aTimeline({ epoch: 9 }) };
    await socket().lastRequest('resume').answer({ ok: true, epoch: 9, seq: 1, snapshot });
    await vi.advanceTimersByTimeAsync(250);
    expect(page.root.querySelector('.connection-banner')!.textContent).toBe('Back in the room');
    expect(document.activeElement).toBe(area);
    expect(named('textarea', 'Message')).toBe(area);
    expect(area.value).toBe('half a sent');
  });

  test('a reload while the room is unavailable waits, explains, and offers a way out', async () => {
    sessionStorage.setItem('wnc.seat', JSON.stringify({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' }));
    await open('/room/ABC123');
    socket().manualAnswers.add('join-room');
    socket().acceptConnection();
    await vi.advanceTimersByTimeAsync(500);
    await socket()
      .lastRequest('join-room')
      .answer({ ok: false, code: 'unavailable', error: 'Failed to join room', retryable: true });
    await drawn();
    expect(page.root.querySelector('[role=status]')!.textContent).toBe('The room cannot be reached right now. Trying again…');
    expect(named('a', 'Back to the entrance')).toBeTruthy();
    await vi.advanceTimersByTimeAsync(1000);
    expect(socket().requestCount('join-room')).toBe(2);
    socket().receive('room-joined', joined());
    await drawn();
    expect(named('textarea', 'Message')).toBeTruthy();
  });

  test.each([
    ['session-replaced', {}, 'You opened this room in another tab', 'Use it here'],
    ['room-closed', { roomId: 'ABC123' }, 'This room has closed', 'Create a new room'],
  ])('%s is a page of its own with a way to continue', async (name, payload, heading, way) => {
    await inside();
    socket().receive(name, payload);
    await drawn();
    expect(page.root.querySelector('h1')!.textContent).toBe(heading);
    expect(named('button, a', way)).toBeTruthy();
  });
});
