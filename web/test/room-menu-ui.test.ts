// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../src/protocol/room-access';
import { createMenuHarness, knocksOf } from './support/menu-harness';
import { createPageHarness } from './support/page-harness';
import { aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, text, named, field, type, press, nameless } = page;
const { enter, dialog, receive, openMenu, click, asked } = createMenuHarness(page);

beforeEach(page.fresh);

const pressed = (group: string) =>
  all(`dialog [role="group"][aria-label="${group}"] [aria-pressed="true"]`).map((one) => one.getAttribute('aria-label') ?? one.textContent); // prettier-ignore

async function answer(name: string, ack: Record<string, unknown>): Promise<void> {
  await socket().lastRequest(name).answer(ack);
  await drawn();
}
const NO = { ok: false, code: 'not_owner', error: 'Only the owner can do this', retryable: false };

describe('the menu of a host', () => {
  test('is offered to hosts alone, and closes when this viewer is no host any more', async () => {
    await enter();
    await openMenu();
    expect(dialog()!.querySelector('h2')!.textContent).toBe('Your room');
    await receive('user-demoted', { userId: 'u1', userName: 'Ana', by: 'u2', epoch: 1, seq: 6 });
    expect(dialog()).toBeNull();
    expect(all('.room-menu-button')).toEqual([]);
    await receive('user-promoted', { userId: 'u1', userName: 'Ana', by: 'u2', epoch: 1, seq: 7 });
    expect(dialog()).toBeNull();
  });

  test('has names for all of its controls, in each part', async () => {
    await enter({ knocks: knocksOf(2), settings: { hasPassword: true, entry: 'password' } });
    for (const tab of ['Room', 'The door', 'People'] as const) {
      await openMenu(tab);
      expect(nameless()).toEqual([]);
      const panel = all('dialog [role="tabpanel"]').filter((one) => !one.hidden);
      expect(panel).toHaveLength(1);
      expect(page.root.querySelector(`[id="${panel[0]!.getAttribute('aria-labelledby')}"]`)!.textContent).toContain(tab);
    }
  });

  test('arrow keys move between its parts, around both ends, and take the focus along', async () => {
    await enter();
    await openMenu();
    const current = () => all('dialog [role="tab"][aria-selected="true"]')[0]!;
    const list = all('dialog [role="tablist"]')[0]!;
    const seen = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) {
      await press(list, key);
      seen.push(current().textContent);
      expect(document.activeElement).toBe(current());
      expect(current().tabIndex).toBe(0);
    }
    expect(seen).toEqual(['The door', 'People', 'Room', 'People']);
  });
});

describe('RT3 the menu’s part about the room', () => {
  test('shows the settings of now, and another host’s changes', async () => {
    await enter({ settings: { control: 'everyone', slowModeMs: 5000 } });
    await openMenu('Room');
    expect(pressed('Play, pause, jump, speed')).toEqual(['Everybody']);
    expect(pressed('Slow mode: one message every')).toEqual(['Every 5 s']);
    const settings = { ...DEFAULT_SETTINGS, chat: 'hosts', slowModeMs: 7000, listed: true };
    await receive('settings-changed', { settings, userId: 'u2', epoch: 1, seq: 6 });
    expect(pressed('Play, pause, jump, speed')).toEqual(['Hosts']);
    expect(pressed('Who may write')).toEqual(['Hosts']);
    expect(pressed('Slow mode: one message every')).toEqual(['Every 7 s']);
    expect(all('dialog [role="switch"]')[0]!.getAttribute('aria-checked')).toBe('true');
  });

  test('sends each choice at once, and shows it only when the server has taken it', async () => {
    await enter();
    await openMenu('Room');
    all('dialog [aria-label="Who may write"] button')[1]!.click();
    all('dialog [aria-label="Play, pause, jump, speed"] button')[1]!.click();
    await click('Every 1 min');
    all('dialog [role="switch"]')[0]!.click();
    await drawn();
    expect(asked('set-settings')).toEqual([
      { roomId: 'ABC123', chat: 'hosts' },
      { roomId: 'ABC123', control: 'everyone' },
      { roomId: 'ABC123', slowModeMs: 60_000 },
      { roomId: 'ABC123', listed: true },
    ]);
    expect(pressed('Who may write')).toEqual(['Everybody']);
  });

  test('a title is sent clean and once, and an empty one removes it', async () => {
    await enter({ settings: { title: 'Friday' } });
    await openMenu('Room');
    const save = async () => {
      all('dialog form')[0]!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
      await drawn();
    };
    expect(field('Title').value).toBe('Friday');
    await save();
    await type(field('Title'), '  Friday ');
    await save();
    expect(asked('set-settings')).toEqual([]);
    await type(field('Title'), ' <b>Film   night ');
    await save();
    await type(field('Title'), '   ');
    await save();
    expect(asked('set-settings').map((payload) => payload['title'])).toEqual(['<b>Film night', null]);
  });

  test('a rejected title stays in the field, and the reason is shown inside the menu', async () => {
    await enter();
    await openMenu('Room');
    socket().manualAnswers.add('set-settings');
    await type(field('Title'), 'Friday');
    all('dialog form')[0]!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await answer('set-settings', { ok: false, code: 'invalid_data', error: 'Bad title', retryable: false });
    expect(field('Title').value).toBe('Friday');
    expect(all('dialog .menu-toast')[0]!.textContent).toBe('Bad title');
  });
});

describe('EN2, EN5 the menu’s part about the way in', () => {
  test('a choice is sent, the same one again is not', async () => {
    await enter();
    await openMenu('The door');
    const choose = async (n: number) => {
      all('dialog .choice')[n]!.click();
      await drawn();
    };
    await choose(0);
    expect(asked('set-settings')).toEqual([]);
    await choose(2);
    await choose(3);
    expect(asked('set-settings').map((payload) => payload['entry'])).toEqual(['approval', 'closed']);
  });

  test('a password is asked for before the room is locked with it', async () => {
    await enter();
    await openMenu('The door');
    all('dialog .choice')[1]!.click();
    await drawn();
    expect(asked('set-settings')).toEqual([]);
    await type(field('New password'), 'abc');
    await click('Lock the room');
    all('dialog form')[0]!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await drawn();
    expect(all('dialog form [role="alert"]').map((one) => one.textContent)).toEqual(['A password has at least 4 characters.']);
    expect(asked('set-password')).toEqual([]);
    await type(field('New password'), ' pop corn ');
    all('dialog form')[0]!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await drawn();
    expect(asked('set-password')).toEqual([{ roomId: 'ABC123', password: ' pop corn ' }]);
    expect(asked('set-settings')).toEqual([{ roomId: 'ABC123', entry: 'password' }]);
    expect(all('dialog form')).toEqual([]);
    expect(text()).not.toContain('pop corn');
  });

  test('a password is changed and removed', async () => {
    await enter({ settings: { entry: 'password', hasPassword: true } });
    await openMenu('The door');
    await click('Change the password');
    await type(field('New password'), 'caramel');
    all('dialog form')[0]!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await drawn();
    await click('Remove the password');
    expect(asked('set-password')).toHaveLength(1);
    await click('Remove it');
    expect(asked('set-password').map((payload) => payload['password'])).toEqual(['caramel', null]);
    expect(asked('set-settings')).toEqual([]);
  });
});

describe('EN6 the menu’s invitations', () => {
  const invite = { inviteId: 'i1', userId: 'u1', userName: 'Ana', createdAt: 1, expiresAt: null, usesLeft: 1 };
  const open = () => all('dialog [aria-label="Open invitations"] li').map((one) => one.textContent);

  async function withInvites(list: unknown): Promise<void> {
    await enter();
    socket().manualAnswers.add('get-invites').add('create-invite');
    await openMenu('The door');
    await answer('get-invites', { ok: true, invites: list });
  }

  test('a new one is shown once, as a link with the token in its fragment', async () => {
    await withInvites([]);
    await click('1 hour');
    await click('5 people');
    named('dialog button', 'Create an invitation').click();
    named('dialog button', 'Create an invitation').click();
    await drawn();
    expect(asked('create-invite')).toEqual([{ roomId: 'ABC123', ttlMs: 3_600_000, uses: 5 }]);
    await answer('create-invite', { ok: true, inviteId: 'i9', token: 'kXb-0_9Zq' });
    const link = named('dialog input', 'Link of the invitation') as HTMLInputElement;
    expect(link.value).toBe('http://localhost:3000/room/ABC123#invite=kXb-0_9Zq');
    await openMenu('Room');
    await openMenu('The door');
    expect(text()).not.toContain('kXb-0_9Zq');
    expect(all('dialog [aria-label="Link of the invitation"]')).toEqual([]);
  });

  test('one without a token is none, and the button works again', async () => {
    await withInvites([]);
    await click('Create an invitation');
    await answer('create-invite', { ok: true, inviteId: 'i9', token: 5 });
    expect(all('dialog [aria-label="Link of the invitation"]')).toEqual([]);
    await click('Create an invitation');
    expect(asked('create-invite')).toHaveLength(2);
  });

  test('the open ones are listed, follow the changes, and are revoked', async () => {
    await withInvites([invite, { ...invite, inviteId: 'i2', userName: '<i>Ben</i>', usesLeft: 3, expiresAt: 1e300 }]);
    expect(open()[0]).toContain('For 1 more personby Ana, without an end');
    expect(open()[1]).toContain('For 3 more peopleby <i>Ben</i>, until');
    await click('Revoke the invitation of Ana, For 1 more person');
    expect(asked('revoke-invite')).toEqual([]);
    await click('Cancel');
    await click('Revoke the invitation of Ana, For 1 more person');
    await click('Revoke');
    expect(asked('revoke-invite')).toEqual([{ roomId: 'ABC123', inviteId: 'i1' }]);
    await receive('invites-changed', { epoch: 1, seq: 6 });
    await answer('get-invites', { ok: true, invites: [] });
    expect(open()).toEqual([]);
  });

  test('a list that cannot be read is said to be so, and can be asked for again', async () => {
    await withInvites('none');
    expect(all('dialog [role="alert"]').map((one) => one.textContent)).toEqual(['The list could not be fetched. Try again']);
    await click('Try again');
    await answer('get-invites', { ok: true, invites: [invite] });
    expect(all('dialog [role="alert"]')).toEqual([]);
    expect(open()).toHaveLength(1);
  });

  test('none is asked for any more when the menu is closed', async () => {
    await withInvites([]);
    await click('Close');
    await receive('invites-changed', { epoch: 1, seq: 6 });
    expect(asked('get-invites')).toHaveLength(1);
  });
});

describe('the menu’s part about people', () => {
  async function actionsOf(name: string): Promise<(string | null)[]> {
    await click(`Actions for ${name}`);
    return all(`dialog [role="group"][aria-label="Actions for ${name}"] button`).map((one) => one.textContent);
  }

  test('RT1, EN11 the owner may do everything with a guest, and nothing is sent before it is chosen', async () => {
    await enter();
    await openMenu('People');
    expect(await actionsOf('Ben')).toEqual(['Give the remote', 'Mute in the chat', 'Make owner…', 'Remove…']);
    expect(all('dialog button').filter((one) => one.getAttribute('aria-label') === 'Actions for Ana')).toEqual([]);
    await click('Mute in the chat');
    await click('Give the remote');
    expect(asked('mute-member')).toEqual([{ roomId: 'ABC123', userId: 'u2', muted: true }]);
    expect(asked('promote-host')).toEqual([{ roomId: 'ABC123', userId: 'u2' }]);
  });

  test('the actions follow what happens meanwhile', async () => {
    await enter();
    await openMenu('People');
    await actionsOf('Ben');
    await receive('user-promoted', { userId: 'u2', userName: 'Ben', by: 'u1', epoch: 1, seq: 6 });
    await receive('member-muted', { userId: 'u2', userName: 'Ben', muted: true, by: 'u1', epoch: 1, seq: 7 });
    const now = () => all('dialog .person-action').map((one) => one.textContent);
    expect(now()).toEqual(['Take the remote back', 'Let write again', 'Make owner…', 'Remove…']);
    await receive('room-transferred', { hostId: 'u2', hostName: 'Ben', by: 'u1', epoch: 1, seq: 8 });
    expect(now()).toEqual([]);
    expect(all('dialog .person b').map((one) => one.nextElementSibling!.textContent)).toContain('Owner, muted');
  });

  test('EN11 an owner who was muted before ends the mute itself', async () => {
    await enter({ users: [aUser({ isHost: true, muted: true })] });
    await openMenu('People');
    expect(await actionsOf('Ana')).toEqual(['Let write again']);
    await click('Let write again');
    expect(asked('mute-member')).toEqual([{ roomId: 'ABC123', userId: 'u1', muted: false }]);
  });

  test('RT2 the room is handed over after a question only', async () => {
    await enter();
    await openMenu('People');
    await actionsOf('Ben');
    await click('Make owner…');
    expect(asked('transfer-room')).toEqual([]);
    expect(document.activeElement?.textContent).toBe('Hand over');
    await click('Hand over');
    expect(asked('transfer-room')).toEqual([{ roomId: 'ABC123', userId: 'u2' }]);
  });

  test('EN8, EN9 a member is removed after a question, with a ban on demand', async () => {
    await enter();
    await openMenu('People');
    await actionsOf('Ben');
    await click('Remove…');
    expect(asked('remove-member')).toEqual([]);
    await click('For 1 hour');
    socket().manualAnswers.add('remove-member');
    const remove = named('dialog button', 'Remove and ban');
    remove.click();
    remove.click();
    await drawn();
    expect(asked('remove-member')).toEqual([{ roomId: 'ABC123', userId: 'u2', ban: { minutes: 60 } }]);
    await answer('remove-member', NO);
    expect(all('dialog .menu-toast')[0]!.textContent).toBe('Only the owner can do this');
    await click('No, they may come back');
    await click('Remove');
    expect(asked('remove-member')[1]).toEqual({ roomId: 'ABC123', userId: 'u2' });
    await answer('remove-member', { ok: true });
    expect(all('dialog .menu-toast')[0]!.textContent).toBe('Ben was removed');
  });

  test('EN8 a member who leaves while the question is open takes the question along', async () => {
    await enter();
    await openMenu('People');
    await actionsOf('Ben');
    await click('Remove…');
    await receive('user-left', { userId: 'u2', epoch: 1, seq: 6 });
    expect(all('dialog .menu-question')).toEqual([]);
  });

  test('EN10 bans are listed and lifted', async () => {
    await enter();
    socket().manualAnswers.add('get-bans');
    await openMenu('People');
    expect(text()).not.toContain('Bans');
    const ban = { banId: 'b1', userName: '<b>Dia', by: 'u1', byName: 'Ana', at: 1, until: null };
    await answer('get-bans', { ok: true, bans: [ban, { ...ban, banId: 'b2', byName: null, until: 1e300 }] });
    const rows = all('dialog [aria-label="Banned people"] li');
    expect(rows.map((one) => one.querySelector('small')!.textContent)).toEqual(['for good, by Ana', 'until ']);
    expect(rows[0]!.querySelector('b')!.textContent).toBe('<b>Dia');
    rows[0]!.querySelector('button')!.click();
    await receive('bans-changed', { epoch: 1, seq: 6 });
    expect(asked('lift-ban')).toEqual([{ roomId: 'ABC123', banId: 'b1' }]);
    await answer('get-bans', { ok: true, bans: [] });
    expect(all('dialog [aria-label="Banned people"]')).toEqual([]);
  });

  test('EN10 bans that cannot be read are said to be so', async () => {
    await enter();
    socket().manualAnswers.add('get-bans');
    await openMenu('People');
    await answer('get-bans', { ok: true, bans: [{ banId: 'b1' }] });
    expect(all('dialog [role="alert"]').map((one) => one.textContent)).toEqual(['The list could not be fetched. Try again']);
  });
});
