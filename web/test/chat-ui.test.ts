// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageHarness } from './support/page-harness';
import { aMessage, aRoom, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, text, named, type, press, inside } = page;

beforeEach(page.fresh);

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
    socket().receive('new-message', { message: aMessage({ id: 'm', message: evil, userName: evil }), epoch: 1, seq: 6 });
    socket().receive('user-left', { userId: 'u2', epoch: 1, seq: 7 });
    await drawn();
    const log = page.root.querySelector('[role=log]')!;
    expect(log.querySelectorAll('img, script, svg, iframe, style, a, [onerror], [onload]')).toHaveLength(0);
    expect(all('.message-text').map((e) => e.textContent)).toEqual([evil, evil]);
    expect(log.textContent).toContain(`${evil} left`);
  });

  test('a link in a message opens in a new tab without a referrer', async () => {
    await inside({ messages: [aMessage({ message: 'see https://a.example/x?"onclick=1 now' })] });
    const [link] = all('[role=log] a');
    expect(link!.getAttribute('href')).toBe('https://a.example/x');
    expect(link!.getAttribute('rel')).toContain('noopener');
    expect(link!.getAttribute('target')).toBe('_blank');
    expect(link!.hasAttribute('onclick')).toBe(false);
  });

  test('Enter sends, Shift+Enter does not, nor during a composition', async () => {
    await inside();
    const area = named('textarea', 'Message');
    await type(area, 'hello');
    expect((await press(area, 'Enter', { shiftKey: true })).defaultPrevented).toBe(false);
    expect((await press(area, 'Enter', { isComposing: true })).defaultPrevented).toBe(false);
    expect(socket().requestCount('send-message')).toBe(0);
    expect((await press(area, 'Enter')).defaultPrevented).toBe(true);
    expect(socket().lastRequest('send-message').payload['message']).toBe('hello');
    expect((area as HTMLTextAreaElement).value).toBe('');
  });

  test('an empty message is not sent', async () => {
    await inside();
    const area = named('textarea', 'Message');
    await type(area, '   ');
    await press(area, 'Enter');
    expect(socket().requestCount('send-message')).toBe(0);
  });

  test('a pending message shows its state as text inside the log', async () => {
    await inside();
    socket().manualAnswers.add('send-message');
    page.app.chatInput.submit('hello');
    await drawn();
    expect(all('.message-note')).toEqual([]);
    await vi.advanceTimersByTimeAsync(800);
    expect(all('[role=log] .message-note').map((e) => e.textContent)).toEqual(['Sending…']);
    await socket().lastRequest('send-message').answer({ ok: false, code: 'unavailable', error: 'x', retryable: true });
    await drawn();
    expect(all('[role=log] .message-note').map((e) => e.textContent)).toEqual(['Not sent yet – trying again']);
    await vi.advanceTimersByTimeAsync(1000);
    const { messageId } = socket().lastRequest('send-message').payload;
    await socket().lastRequest('send-message').answer({ ok: true, messageId });
    await drawn();
    expect(all('.message-note')).toEqual([]);
    expect(all('.message-text').map((e) => e.textContent)).toEqual(['hello']);
  });

  test('a rejected message can be retried or discarded', async () => {
    await inside();
    socket().manualAnswers.add('send-message');
    page.app.chatInput.submit('hello');
    const no = { ok: false, code: 'invalid_data', error: 'The server said no.', retryable: false };
    await socket().lastRequest('send-message').answer(no);
    await drawn();
    expect(all('[role=alert]')[0]!.textContent).toContain('Not sent: The server said no.');
    named('button', 'Try again').click();
    await drawn();
    expect(socket().requestCount('send-message')).toBe(2);
    await socket().lastRequest('send-message').answer(no);
    await drawn();
    named('button', 'Discard').click();
    await drawn();
    expect(all('.message')).toHaveLength(0);
  });

  test('new entries are announced politely, and typing members are shown', async () => {
    await inside();
    const log = page.root.querySelector('[role=log]')!;
    expect(log.getAttribute('aria-live')).toBe('polite');
    expect(log.getAttribute('tabindex')).toBe('0');
    socket().receive('user-typing', { userId: 'u2', userName: 'Ben' });
    await drawn();
    expect(text()).toContain('Ben is writing');
  });
});
