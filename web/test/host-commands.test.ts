import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import { createHostCommands } from '../src/app/host-commands';
import { createHostList } from '../src/app/host-lists';
import { createToasts } from '../src/app/toasts';
import type { Ack } from '../src/protocol/messages';
import { bansAnswer, invitesAnswer } from '../src/protocol/room-access';
import { YES, no } from './support/session-harness';

function commands(answers: Ack[] = []) {
  const sent: [string, Record<string, unknown>][] = [];
  const rejected: string[] = [];
  const toasts = createToasts(() => () => undefined);
  let reachable = true;
  const host = createHostCommands({
    toasts,
    request: (name, payload) => {
      sent.push([name, payload]);
      return Promise.resolve(answers.shift() ?? YES);
    },
    checkReachable: () => reachable,
    showRejection: (ack) => {
      if (!ack.ok) rejected.push(ack.code);
    },
  });
  return { ...host, sent, rejected, toast: () => toasts.current.value, unreachable: () => (reachable = false) };
}
type Host = ReturnType<typeof commands>;

describe('the commands of a host', () => {
  const all: [string, string, (host: Host) => Promise<unknown>, Record<string, unknown>][] = [
    ['RT3', 'set-settings', (host) => host.setSettings({ title: null, listed: true }), { title: null, listed: true }],
    ['EN2', 'set-password', (host) => host.setPassword('popcorn'), { password: 'popcorn' }],
    ['EN2', 'set-password', (host) => host.setPassword(null), { password: null }],
    ['RT1', 'promote-host', (host) => host.promote('u2'), { userId: 'u2' }],
    ['RT6', 'demote-host', (host) => host.demote('u2'), { userId: 'u2' }],
    ['RT2', 'transfer-room', (host) => host.transfer('u2'), { userId: 'u2' }],
    ['EN11', 'mute-member', (host) => host.mute('u2', true), { userId: 'u2', muted: true }],
    ['EN11', 'mute-member', (host) => host.mute('u2', false), { userId: 'u2', muted: false }],
    ['EN8', 'remove-member', (host) => host.remove('u2', 'Ben'), { userId: 'u2' }],
    ['EN9', 'remove-member', (host) => host.ban('u2', 'Ben', 10), { userId: 'u2', ban: { minutes: 10 } }],
    ['EN9', 'remove-member', (host) => host.ban('u2', 'Ben', null), { userId: 'u2', ban: {} }],
    ['EN10', 'lift-ban', (host) => host.liftBan('b1'), { banId: 'b1' }],
    ['EN6', 'create-invite', (host) => host.createInvite(3_600_000, 5), { ttlMs: 3_600_000, uses: 5 }],
    ['EN6', 'create-invite', (host) => host.createInvite(null, null), {}],
    ['EN6', 'revoke-invite', (host) => host.revokeInvite('i1'), { inviteId: 'i1' }],
  ];

  test.each(all)('%s %s is sent as the contract has it', async (_, name, run, payload) => {
    const host = commands();
    await run(host);
    expect(host.sent).toEqual([[name, payload]]);
    expect(host.rejected).toEqual([]);
  });

  test.each(all)('%s %s: a rejection is shown, and no success', async (_, _name, run) => {
    const host = commands([no('not_owner')]);
    expect(await run(host)).toBeOneOf([false, null]);
    expect(host.rejected).toEqual(['not_owner']);
    expect(host.toast()).toBeNull();
  });

  test.each(all)('%s %s: nothing is sent while the room cannot be reached', async (_, _name, run) => {
    const host = commands();
    host.unreachable();
    expect(await run(host)).toBeOneOf([false, null]);
    expect(host.sent).toEqual([]);
  });

  test('EN2 locking sets the password first, and lets nobody in by it when that fails', async () => {
    const host = commands();
    expect(await host.lockWithPassword('popcorn')).toBe(true);
    expect(host.sent).toEqual([
      ['set-password', { password: 'popcorn' }],
      ['set-settings', { entry: 'password' }],
    ]);
    const failing = commands([no('invalid_data')]);
    expect(await failing.lockWithPassword('popcorn')).toBe(false);
    expect(failing.sent.map(([name]) => name)).toEqual(['set-password']);
    const half = commands([YES, no('internal')]);
    expect(await half.lockWithPassword('popcorn')).toBe(false);
    expect(half.rejected).toEqual(['internal']);
  });

  test('EN10 a ban can be undone from its message, and a removal cannot', async () => {
    const host = commands([{ ok: true, banId: 'b7' }]);
    await host.ban('u2', 'Ben', 10);
    expect(host.toast()).toMatchObject({ text: 'Ben was banned', action: { label: 'Undo' } });
    host.toast()!.action!.run();
    expect(host.sent.at(-1)).toEqual(['lift-ban', { banId: 'b7' }]);
    await host.remove('u3', 'Cem');
    expect(host.toast()).toMatchObject({ text: 'Cem was removed' });
    expect(host.toast()).not.toHaveProperty('action');
  });

  test.each([[undefined], [7], [null], [{}]])('EN10 a ban without a readable id (%o) offers no undo', async (banId) => {
    const host = commands([{ ok: true, banId }]);
    expect(await host.ban('u2', 'Ben', null)).toBe(true);
    expect(host.toast()).toMatchObject({ text: 'Ben was banned' });
    expect(host.toast()).not.toHaveProperty('action');
  });

  test.each([[{}], [{ token: 7 }], [{ token: null }]])('EN6 an invitation without a token (%o) is none', async (more) => {
    expect(await commands([{ ok: true, inviteId: 'i1', ...more }]).createInvite(null, null)).toBeNull();
    expect(await commands([{ ok: true, token: 'secret' }]).createInvite(null, null)).toBe('secret');
  });
});

describe('EN6, EN10 a list that a host reads', () => {
  const invite = { inviteId: 'i1', userId: 'u1', userName: 'Ana', createdAt: 1, expiresAt: null, usesLeft: 3 };
  let asked: ((ack: Ack) => void)[];
  let changes: ReturnType<typeof signal<number>>;
  const settle = async () => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  const create = () =>
    createHostList({
      fetch: () => new Promise<Ack>((resolve) => asked.push(resolve)),
      read: (ack, path) => invitesAnswer(ack, path).invites,
      changes: changes as never,
    });
  beforeEach(() => {
    asked = [];
    changes = signal(0);
  });

  test('is read at once and after each change, until it is no longer shown', async () => {
    const list = create();
    const end = list.follow();
    expect([asked.length, list.state.value]).toEqual([1, 'loading']);
    asked[0]!({ ok: true, invites: [invite] });
    await settle();
    expect([list.items.value, list.state.value]).toEqual([[invite], 'loaded']);
    changes.value = 1;
    expect(asked).toHaveLength(2);
    asked[1]!({ ok: true, invites: [] });
    await settle();
    expect(list.items.value).toEqual([]);
    end();
    changes.value = 2;
    expect(asked).toHaveLength(2);
  });

  test('an answer that is overtaken by a later request does not count', async () => {
    const list = create();
    list.follow();
    changes.value = 1;
    asked[1]!({ ok: true, invites: [invite] });
    await settle();
    asked[0]!({ ok: true, invites: [] });
    await settle();
    expect([list.items.value, list.state.value]).toEqual([[invite], 'loaded']);
    changes.value = 2;
    changes.value = 3;
    asked[2]!(no('internal'));
    await settle();
    expect(list.state.value).toBe('loaded');
  });

  test.each<[string, Ack]>([
    ['a rejection', no('not_host')],
    ['no connection', { ok: false, code: 'no_connection', error: '', retryable: true }],
    ['no list', { ok: true }],
    ['another type', { ok: true, invites: 'none' }],
    ['a broken entry', { ok: true, invites: [invite, { ...invite, usesLeft: 'many' }] }],
    ['an entry that is null', { ok: true, invites: [null] }],
    ['an infinite time', { ok: true, invites: [{ ...invite, expiresAt: Number.POSITIVE_INFINITY }] }],
  ])('%s: has failed, and keeps what it showed; the next try counts', async (_, answer) => {
    const list = create();
    void list.load();
    asked[0]!({ ok: true, invites: [invite] });
    await settle();
    void list.load();
    asked[1]!(answer);
    await settle();
    expect([list.items.value, list.state.value]).toEqual([[invite], 'failed']);
    void list.load();
    asked[2]!({ ok: true, invites: [] });
    await settle();
    expect([list.items.value, list.state.value]).toEqual([[], 'loaded']);
  });

  test('passes on only the fields of the contract', async () => {
    const ban = { banId: 'b1', userName: 'Ben', by: null, byName: null, at: 1, until: null };
    const list = createHostList({
      fetch: () => Promise.resolve({ ok: true, bans: [{ ...ban, address: '192.0.2.7' }] } as Ack),
      read: (ack, path) => bansAnswer(ack, path).bans,
      changes: signal(0),
    });
    await list.load();
    expect(list.items.value).toEqual([ban]);
  });
});
