// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageHarness } from './support/page-harness';
import { aRoom, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, text, named, field, type, inside, nameless } = page;

beforeEach(page.fresh);

describe('the members of a large room', () => {
  const guests = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => aUser({ id: `g${from + i}`, name: `Guest ${from + i}` }));
  const people = () => all('.member-name').map((element) => element.textContent);

  async function crowded() {
    await inside({ room: aRoom({ userCount: 250, users: [aUser({ isHost: true }), ...guests(0, 3)] }) });
    socket().manualAnswers.add('get-people');
    named('[role="tab"]', 'People 250').click();
    await drawn();
  }

  test('are counted, and some of them shown', async () => {
    await crowded();
    expect(people()).toEqual(['Ana you', 'Guest 0', 'Guest 1', 'Guest 2']);
    expect(field('Find somebody among 250 people')).not.toBeNull();
    expect(nameless()).toEqual([]);
    socket().receive('presence', { roomId: 'ABC123', epoch: 1, seq: 9, since: 5, big: true, count: 251, joined: guests(9, 10), left: ['g0'], away: [], returned: [], more: false }); // prettier-ignore
    await drawn();
    expect(people()).toEqual(['Ana you', 'Guest 1', 'Guest 2', 'Guest 9']);
    expect(text()).toContain('People 251');
    expect(socket().requestCount('resume')).toBe(0);
  });

  test('are loaded page by page, up to the last', async () => {
    await crowded();
    named('button', 'Show more').click();
    await socket()
      .lastRequest('get-people')
      .answer({ ok: true, count: 5, users: guests(0, 5) });
    await drawn();
    expect(people()).toHaveLength(6);
    expect(all('button').map((button) => button.textContent)).not.toContain('Show more');
  });

  test('are found by name, with their number', async () => {
    await crowded();
    await type(field('Find somebody among 250 people'), 'guest 7');
    await vi.advanceTimersByTimeAsync(400);
    expect(socket().lastRequest('get-people').payload).toEqual({ roomId: 'ABC123', query: 'guest 7' });
    await socket()
      .lastRequest('get-people')
      .answer({ ok: true, count: 1, users: guests(7, 8) });
    await drawn();
    expect(people()).toEqual(['Guest 7']);
    expect(all('.large-room-note[role="status"]')[0]!.textContent).toBe('1 person found');
  });

  test('in a small room there is no search', async () => {
    await inside();
    named('[role="tab"]', 'People 1').click();
    await drawn();
    expect(all('input[type="search"]')).toEqual([]);
    expect(all('.member')).toHaveLength(1);
  });
});
