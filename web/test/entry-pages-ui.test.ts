// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { registry } from './support/fake-socket';
import { createPageHarness } from './support/page-harness';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, field, type, submit, open, nameless } = page;

beforeEach(page.fresh);

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
