// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageHarness } from './support/page-harness';
import { aMessage, aRoom, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, loaded, all, text, named, type, press } = page;

beforeEach(page.fresh);

const FILM = 'https://films.example/a.mp4';
const ana = aUser({ isHost: true });
const ben = aUser({ id: 'u2', name: 'Ben' });
let seq = 5;

/** Enters a room of an extended server as Ana, with those messages of Ben. */
async function enter(messages: unknown[] = [aMessage()], over: Record<string, unknown> = {}): Promise<void> {
  seq = 5;
  await page.inside({ room: aRoom({ users: [ana, ben] }), messages, chatMore: false, ...over });
  await loaded();
  await loaded();
}

const tell = async (name: string, payload: Record<string, unknown>) => {
  socket().receive(name, { ...payload, epoch: 1, seq: ++seq });
  await drawn();
};
const message = (id: string) => page.root.querySelector<HTMLElement>(`[data-message="${id}"]`)!;
const area = () => named('textarea', 'Message') as HTMLTextAreaElement;
const dialog = () => page.root.querySelector<HTMLElement>('dialog[open]')!;
const inDialog = (name: string) =>
  [...dialog().querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === name)!;

async function openMenu(id: string): Promise<void> {
  message(id).focus();
  await press(message(id), 'Enter');
}

describe('CH6 replies', () => {
  test('the menu of a message begins one, which shows what it answers', async () => {
    await enter();
    await openMenu('m1');
    expect(dialog().textContent).toContain('Message of Ben');
    inDialog('Reply').click();
    await drawn();
    expect(text()).toContain('Reply to Ben');
    const field = named('textarea', 'Reply') as HTMLTextAreaElement;
    await type(field, 'yes');
    await press(field, 'Enter');
    expect(socket().lastRequest('send-message').payload).toMatchObject({ message: 'yes', replyTo: 'm1' });
    expect(all('.message-quote').map((one) => one.textContent)).toEqual(['In reply to Benhello']);
    expect(text()).not.toContain('Reply to Ben');
  });

  test('Escape ends it, and the message is an ordinary one', async () => {
    await enter();
    await openMenu('m1');
    inDialog('Reply').click();
    await drawn();
    await press(named('textarea', 'Reply'), 'Escape');
    await type(area(), 'hello');
    await press(area(), 'Enter');
    expect(socket().lastRequest('send-message').payload).not.toHaveProperty('replyTo');
  });

  test('what it answers goes meanwhile: it ends, or is sent without it', async () => {
    await enter();
    await openMenu('m1');
    inDialog('Reply').click();
    await drawn();
    socket().manualAnswers.add('send-message');
    await type(named('textarea', 'Reply'), 'yes');
    await press(named('textarea', 'Reply'), 'Enter');
    const gone = { ok: false, code: 'message_not_found', error: 'Message not found', retryable: false };
    await socket().lastRequest('send-message').answer(gone);
    await drawn();
    expect(all('[role=alert]')[0]!.textContent).toContain('the message that you answered is gone');
    named('button', 'Try again').click();
    await drawn();
    expect(socket().lastRequest('send-message').payload).not.toHaveProperty('replyTo');
  });

  test('a quote shows no spoiler, and one of a deleted or forgotten message says so', async () => {
    const quote = { messageId: 'm1', userId: 'u2', userName: 'Ben', message: 'it is ||him||' };
    await enter([
      aMessage({ id: 'm1', message: 'it is ||him||' }),
      aMessage({ id: 'm2', replyTo: quote }),
      aMessage({ id: 'm3', replyTo: { messageId: 'old' } }),
    ]);
    const quoted = () => all('.message-quoted').map((one) => one.textContent);
    expect(quoted()).toEqual(['it is [spoiler]', 'An older message']);
    await tell('message-deleted', { messageId: 'm1', userId: 'u2' });
    expect(quoted()[0]).toBe('Message deleted');
    expect(message('m1').textContent).toContain('Message deleted');
    expect(message('m2').querySelector('.message-quote')!.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('CH7 editing', () => {
  const mine = aMessage({ id: 'm2', userId: 'u1', userName: 'Ana', message: 'helo' });

  test('arrow up in an empty field changes the last own message', async () => {
    await enter([mine, aMessage({ id: 'm3' })]);
    await press(area(), 'ArrowUp');
    const field = named('textarea', 'Change the message') as HTMLTextAreaElement;
    expect(field.value).toBe('helo');
    await type(field, 'hello');
    await press(field, 'Enter');
    expect(socket().lastRequest('edit-message').payload).toEqual({ roomId: 'ABC123', messageId: 'm2', message: 'hello' });
    expect(area().value).toBe('');
    await tell('message-edited', { messageId: 'm2', message: 'hello', editedAt: '2026-01-01T20:05:00.000Z', userId: 'u1' });
    expect(message('m2').textContent).toContain('hello (edited)');
  });

  test('Escape leaves it as it is, and brings back what was being written', async () => {
    await enter([mine]);
    await type(area(), 'half a thought');
    await openMenu('m2');
    inDialog('Edit').click();
    await drawn();
    await press(named('textarea', 'Change the message'), 'Escape');
    expect(area().value).toBe('half a thought');
    expect(socket().requestCount('edit-message')).toBe(0);
  });

  test('emptied, it asks whether to delete it', async () => {
    await enter([mine]);
    await press(area(), 'ArrowUp');
    await type(named('textarea', 'Change the message'), ' ');
    await press(named('textarea', 'Change the message'), 'Enter');
    expect(dialog().textContent).toContain('Delete this message?');
    inDialog('Keep it').click();
    await drawn();
    expect(socket().requestCount('delete-message')).toBe(0);
  });

  test('a rejected edit comes back into the field', async () => {
    await enter([mine]);
    await press(area(), 'ArrowUp');
    socket().manualAnswers.add('edit-message');
    await type(named('textarea', 'Change the message'), 'better');
    await press(named('textarea', 'Change the message'), 'Enter');
    await socket().lastRequest('edit-message').answer({ ok: false, code: 'muted', error: 'You are muted', retryable: false });
    await drawn();
    expect((named('textarea', 'Change the message') as HTMLTextAreaElement).value).toBe('better');
    expect(text()).toContain('You are muted');
  });
});

describe('CH8 deleting', () => {
  test('asks first; a host may delete any, a guest their own only', async () => {
    await enter();
    await openMenu('m1');
    inDialog('Delete…').click();
    await drawn();
    inDialog('Delete').click();
    await drawn();
    expect(socket().lastRequest('delete-message').payload).toMatchObject({ messageId: 'm1' });
    await tell('user-demoted', { userId: 'u1', userName: 'Ana' });
    await openMenu('m1');
    expect(inDialog('Delete…')).toBeUndefined();
    expect(inDialog('Edit')).toBeUndefined();
  });

  test('a tombstone has no menu', async () => {
    await enter([aMessage({ message: '', deleted: true })]);
    await openMenu('m1');
    expect(dialog()).toBeNull();
  });
});

describe('CH9 reactions', () => {
  test('own ones are pressed, and a press takes them back; names are read', async () => {
    await enter([aMessage({ reactions: [{ emoji: '👍', count: 3, userIds: ['u1', 'u2'] }] })]);
    const button = all('.reaction')[0]!;
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(button.getAttribute('aria-label')).toBe('👍 3, You, Ben and 1 more');
    button.click();
    await drawn();
    expect(socket().lastRequest('react').payload).toMatchObject({ messageId: 'm1', emoji: '👍', on: false });
    await tell('message-reactions', { messageId: 'm1', reactions: [] });
    expect(all('.reaction')).toEqual([]);
  });

  test('an own one among many that are not named is pressed after a reload, until it is taken back', async () => {
    const many = (count: number) => [{ emoji: '👍', count, userIds: ['u2'] }];
    await enter([aMessage({ reactions: many(40), mine: ['👍'] })]);
    const button = () => all('.reaction')[0]!;
    expect(button().getAttribute('aria-pressed')).toBe('true');
    expect(button().getAttribute('aria-label')).toBe('👍 40, You, Ben and 38 more');
    await tell('message-reactions', { messageId: 'm1', reactions: many(41) });
    expect(button().getAttribute('aria-pressed')).toBe('true');
    for (const on of [false, true]) {
      button().click();
      await drawn();
      expect(socket().lastRequest('react').payload).toMatchObject({ emoji: '👍', on });
      await drawn();
      expect(button().getAttribute('aria-pressed')).toBe(String(on));
    }
    await tell('message-reactions', { messageId: 'm1', reactions: many(1) });
    expect(button().getAttribute('aria-pressed')).toBe('false');
  });

  test('the menu offers five and more', async () => {
    await enter();
    await openMenu('m1');
    expect(all('dialog[open] .message-menu-emoji button')).toHaveLength(6);
    inDialog('React with ❤️').click();
    await drawn();
    expect(socket().lastRequest('react').payload).toMatchObject({ emoji: '❤️', on: true });
    expect(dialog()).toBeNull();
  });

  test('the mouse shows the actions of a message, until it is over neither', async () => {
    await enter();
    const log = page.root.querySelector('[role=log]')!;
    const tools = () => page.root.querySelector('.message-tools');
    const pointer = async (on: Element, name: string, to: Element | null = null) => {
      on.dispatchEvent(new PointerEvent(name, { pointerType: 'mouse', bubbles: name === 'pointermove', relatedTarget: to }));
      await drawn();
    };
    await pointer(message('m1'), 'pointermove');
    expect(tools()).not.toBeNull();
    await pointer(log, 'pointerleave', tools()!.firstElementChild);
    expect(tools()).not.toBeNull();
    await pointer(log, 'pointerleave', document.body);
    expect(tools()).toBeNull();
  });

  test('only the message with the reaction is drawn again', async () => {
    await enter(Array.from({ length: 50 }, (_, i) => aMessage({ id: `m${i}` })));
    const changed = new Set<Node>();
    const observer = new MutationObserver((records) => records.forEach(({ target }) => changed.add(target)));
    observer.observe(page.root.querySelector('[role=log]')!, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    await tell('message-reactions', { messageId: 'm7', reactions: [{ emoji: '👍', count: 1, userIds: ['u2'] }] });
    observer.disconnect();
    expect([...changed]).toEqual([message('m7')]);
  });
});

describe('a server that knows nothing but texts', () => {
  test('has no actions but copying', async () => {
    await enter([aMessage({ userId: 'u1' })], { chatMore: undefined });
    await openMenu('m1');
    expect(all('dialog[open] .message-menu-entry').map((one) => one.textContent)).toEqual(['Copy the text']);
    await press(area(), 'ArrowUp');
    expect(area().value).toBe('');
  });
});

describe('text', () => {
  test('emphasis is elements, a spoiler is hidden until pressed, and a mention of me stands out', async () => {
    await enter([aMessage({ message: '**b** _i_ `c` ||s|| @Ana' })]);
    const body = message('m1').querySelector('.message-text')!;
    expect([...body.querySelectorAll('strong, em, code')].map((one) => one.outerHTML)).toEqual([
      '<strong>b</strong>',
      '<em>i</em>',
      '<code>c</code>',
    ]);
    expect(message('m1').dataset['mentioned']).toBe('true');
    expect(body.querySelector('.mention')!.getAttribute('data-me')).toBe('true');
    const spoiler = named('button', 'Spoiler, show it');
    expect(spoiler.querySelector('[aria-hidden=true]')!.textContent).toBe('s');
    spoiler.click();
    await drawn();
    expect(body.querySelector('.spoiler')).toBeNull();
    expect(body.querySelector('.spoiler-shown')!.textContent).toBe('s');
    expect(document.activeElement).toBe(message('m1'));
  });

  test('a link that hides its host says where it leads', async () => {
    await enter([aMessage({ message: 'https://bank.example@evil.example/' })]);
    expect(message('m1').textContent).toContain('(leads to evil.example)');
  });
});

describe("CH6 the film's time", () => {
  const at = { item: null, videoUrl: FILM, position: 754 };
  const room = aRoom({ users: [ana, ben], videoUrl: FILM, videoType: 'video' });

  test('leads who may control there, and is text for others', async () => {
    await enter([aMessage({ at })], { room });
    const button = named('button', 'Move the film to 12:34');
    button.click();
    await drawn();
    expect(socket().lastRequest('seek-video').payload).toMatchObject({ currentTime: 754 });
    await tell('user-demoted', { userId: 'u1', userName: 'Ana' });
    expect(message('m1').querySelector('button')).toBeNull();
    expect(message('m1').querySelector('.message-at')!.textContent).toBe('at 12:34');
  });

  test('is gone with the film', async () => {
    await enter([aMessage({ at })], { room });
    await tell('video-set', { videoUrl: 'https://films.example/b.mp4', videoType: 'video' });
    expect(all('.message-at')).toEqual([]);
  });
});

describe('mentions', () => {
  test('@ offers the others; Enter takes one, Escape none', async () => {
    await enter([], { room: aRoom({ users: [ana, ben, aUser({ id: 'u3', name: 'Bea Maria' })] }) });
    const field = area();
    await type(field, 'hi @b');
    field.setSelectionRange(5, 5);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
    expect(all('[role=option]').map((one) => one.textContent)).toEqual(['Ben', 'Bea Maria']);
    expect(field.getAttribute('aria-activedescendant')).toBe('mention-list-0');
    await press(field, 'ArrowDown');
    expect(field.getAttribute('aria-activedescendant')).toBe('mention-list-1');
    await press(field, 'Enter');
    expect(field.value).toBe('hi @Bea Maria ');
    expect(socket().requestCount('send-message')).toBe(0);
    await type(field, 'hi @b');
    field.setSelectionRange(5, 5);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
    await press(field, 'Escape');
    expect(all('[role=option]')).toEqual([]);
    await press(field, 'Enter');
    expect(socket().lastRequest('send-message').payload['message']).toBe('hi @b');
  });
});

describe('the keyboard', () => {
  test('the log is one stop; arrows go between messages and through what is in one', async () => {
    await enter([aMessage({ id: 'a', message: 'https://a.example' }), aMessage({ id: 'b' })]);
    const log = page.root.querySelector<HTMLElement>('[role=log]')!;
    expect([...log.querySelectorAll('[tabindex="0"], button:not([tabindex]), a:not([tabindex])')]).toEqual([]);
    log.focus();
    await press(log, 'ArrowUp');
    expect(document.activeElement).toBe(message('b'));
    await press(message('b'), 'ArrowUp');
    expect(document.activeElement).toBe(message('a'));
    await press(message('a'), 'ArrowRight');
    expect(document.activeElement?.tagName).toBe('A');
    await press(document.activeElement!, 'Escape');
    expect(document.activeElement).toBe(message('a'));
    await press(message('a'), 'End');
    expect(document.activeElement).toBe(message('b'));
    await press(message('b'), 'ContextMenu');
    expect(dialog().textContent).toContain('Message of Ben');
  });
});

describe('search', () => {
  test('counts what it finds, and goes through it from the newest', async () => {
    await enter(['tea', 'coffee', 'more tea', 'tea again'].map((one, i) => aMessage({ id: `m${i}`, message: one })));
    named('button', 'Search the chat').click();
    await drawn();
    const field = named('input', 'Search the chat');
    expect(document.activeElement).toBe(field);
    await type(field, 'TEA');
    const count = () => page.root.querySelector('.chat-search-count')!.textContent;
    expect(count()).toBe('3 of 3');
    expect(message('m3').hasAttribute('data-found')).toBe(true);
    await press(field, 'Enter');
    expect(count()).toBe('2 of 3');
    await press(field, 'Enter', { shiftKey: true });
    expect(count()).toBe('3 of 3');
    await type(field, 'milk');
    expect(count()).toBe('Nothing found');
    await press(field, 'Escape');
    expect(all('.chat-search')).toEqual([]);
    expect(all('[data-found]')).toEqual([]);
  });
});

describe('settings', () => {
  test('both are off at first, and are kept', async () => {
    await enter();
    named('button', 'Chat settings').click();
    await drawn();
    const on = () => all('dialog[open] [role=switch]').map((one) => one.getAttribute('aria-checked'));
    // The others are about what comes over the film.
    const talk = () => on().slice(0, 3);
    expect(talk()).toEqual(['false', 'false', 'false']);
    all('dialog[open] [role=switch]')[0]!.click();
    await drawn();
    expect(talk()).toEqual(['true', 'false', 'false']);
    expect(localStorage.getItem('wnc.chat-sound')).toBe('on');
  });
});
