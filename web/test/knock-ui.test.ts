// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createMenuHarness, knock, knocksOf } from './support/menu-harness';
import { createPageHarness } from './support/page-harness';
import { aRoom, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, named, inside } = page;
const { enter, receive, openMenu, click, asked } = createMenuHarness(page);

beforeEach(page.fresh);

describe('EN4 those who knock', () => {
  const status = () => all('.knock-notice [role="status"]')[0]!.textContent;
  const card = () => all('.knock-card').map((one) => one.querySelector('p')!.textContent);

  test('one is announced by name, and let in or declined from the notice', async () => {
    await enter();
    expect([status(), card()]).toEqual(['', []]);
    await receive('knock', { ...knock(1), epoch: 1, seq: 6 });
    expect([status(), card()]).toEqual(['Guest 1 would like to come in.', ['Guest 1 would like to come in']]);
    await click('Let in Guest 1', '.knock-card button');
    await click('Decline Guest 1', '.knock-card button');
    expect(asked('answer-knock')).toEqual([
      { roomId: 'ABC123', knockId: 'k1', accept: true },
      { roomId: 'ABC123', knockId: 'k1', accept: false },
    ]);
    // Only the server ends it.
    expect(card()).toHaveLength(1);
    await receive('knock-closed', { knockId: 'k1', outcome: 'accepted', by: 'u1', epoch: 1, seq: 7 });
    expect([status(), card()]).toEqual(['', []]);
  });

  test('the notice never takes the focus', async () => {
    await enter();
    const area = named('textarea', 'Message');
    area.focus();
    await receive('knock', { ...knock(1), epoch: 1, seq: 6 });
    await receive('knock', { ...knock(2), epoch: 1, seq: 7 });
    expect(document.activeElement).toBe(area);
  });

  test('two are named, more are counted, and the menu shows them all', async () => {
    await enter({ knocks: knocksOf(2) });
    expect(card()).toEqual(['Guest 0 and Guest 1 would like to come in']);
    await receive('knock', { ...knock(2), epoch: 1, seq: 6 });
    expect(card()).toEqual(['Guest 0 and 2 others would like to come in']);
    expect(all('.room-menu-button')[0]!.getAttribute('aria-label')).toBe('Room menu, 3 waiting to come in');
    await click('See who', '.knock-card button');
    await vi.dynamicImportSettled();
    await drawn();
    expect(all('dialog [role="tab"][aria-selected="true"]')[0]!.textContent).toBe('The door3 waiting');
    await click('Let in Guest 2');
    expect(asked('answer-knock')).toEqual([{ roomId: 'ABC123', knockId: 'k2', accept: true }]);
  });

  test('500 of them, some twice and in any script, are shown and answered one by one', async () => {
    await enter();
    for (let n = 0; n < 500; n++) socket().receive('knock', { ...knock(n), epoch: 1, seq: 6 + n });
    for (let n = 0; n < 500; n += 7) socket().receive('knock', { ...knock(n), userName: '<b>مريم', epoch: 1, seq: 506 + n / 7 });
    await drawn();
    expect(card()).toEqual(['Guest 1 and 499 others would like to come in']);
    await openMenu();
    expect(all('dialog .menu-item').filter((one) => one.textContent!.includes('waits since'))).toHaveLength(500);
    expect(all('dialog .menu-item-text b').at(-1)!.textContent).toBe('<b>مريم');
    let seq = 578;
    for (let n = 1; n < 500; n++)
      socket().receive('knock-closed', { knockId: `k${n}`, outcome: 'expired', epoch: 1, seq: seq++ });
    await drawn();
    expect(card()).toEqual(['<b>مريم would like to come in']);
  });

  test('a malformed knock is ignored, and one at no time is shown', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await enter();
    await receive('knock', { knockId: 'k1', userName: 7, at: 1, epoch: 1, seq: 6 });
    expect(card()).toEqual([]);
    await receive('knock', { ...knock(2), at: 1e300, epoch: 1, seq: 6 });
    await openMenu();
    expect(all('dialog .menu-item b').map((one) => one.textContent)).toContain('Guest 2');
    vi.restoreAllMocks();
  });

  test('EN13 a guest sees none, and a new host all of them', async () => {
    const guest = aUser();
    const host = aUser({ id: 'u3', name: 'Cem', isHost: true });
    await inside({ room: aRoom({ hostId: 'u3', users: [host, guest], knocks: knocksOf(3) }), user: guest });
    expect([status(), card()]).toEqual(['', []]);
    await receive('user-promoted', { userId: 'u1', userName: 'Ana', by: 'u3', epoch: 1, seq: 6 });
    await receive('knocks', { roomId: 'ABC123', knocks: knocksOf(2) });
    expect(card()).toEqual(['Guest 0 and Guest 1 would like to come in']);
    await receive('user-demoted', { userId: 'u1', userName: 'Ana', by: 'u3', epoch: 1, seq: 7 });
    expect([status(), card()]).toEqual(['', []]);
    // Those of its first time as a host may be gone by now.
    await receive('user-promoted', { userId: 'u1', userName: 'Ana', by: 'u3', epoch: 1, seq: 8 });
    expect([status(), card()]).toEqual(['', []]);
  });
});
