import { describe, expect, test } from 'vitest';
import type { User } from '../src/protocol/messages';
import { type MemberAction, type Viewpoint, memberActions } from '../src/room/member-actions';
import { aUser } from './support/wire';

const OWNER: Viewpoint = { meId: 'owner', ownerId: 'owner', isHost: true, hostCount: 2 };
const HOST: Viewpoint = { ...OWNER, meId: 'host' };
const GUEST: Viewpoint = { ...OWNER, meId: 'guest', isHost: false };

const owner = aUser({ id: 'owner', isHost: true });
const host = aUser({ id: 'host', isHost: true });
const otherHost = aUser({ id: 'h2', isHost: true });
const guest = aUser({ id: 'g2' });
const muted = (user: User): User => ({ ...user, muted: true });
const away = (user: User): User => ({ ...user, away: true });

describe('what a member is offered to do with another', () => {
  test.each<[string, Viewpoint, User, MemberAction[]]>([
    ['RT2, EN8, EN11 the owner with a guest', OWNER, guest, ['promote', 'mute', 'transfer', 'remove']],
    ['RT6, EN8, EN11 the owner with a host', OWNER, host, ['demote', 'mute', 'transfer', 'remove']],
    [
      'RT2 the owner with a guest who is away: no new owner without a connection',
      OWNER,
      away(guest),
      ['promote', 'mute', 'remove'],
    ],
    ['EN11 the owner with a muted host', OWNER, muted(host), ['demote', 'unmute', 'transfer', 'remove']],
    ['RT1 the owner with itself', OWNER, owner, []],
    ['EN11 the owner who was muted before it owned the room ends it itself', OWNER, muted(owner), ['unmute']],
    ['EN8, EN11 a host with a guest', HOST, guest, ['promote', 'mute', 'remove']],
    ['EN11 a host with a muted guest', HOST, muted(guest), ['promote', 'unmute', 'remove']],
    ['RT1 a host with another host', HOST, otherHost, []],
    ['RT1, EN8 a host with the owner', HOST, owner, []],
    ['RT1, EN8 a host with an owner whose role has not arrived yet', HOST, aUser({ id: 'owner' }), []],
    ['RT6 a host with itself', HOST, host, ['step-down']],
    ['EN11 a muted host with itself: no way out', HOST, muted(host), ['step-down']],
    ['RT6 the last host with itself', { ...HOST, hostCount: 1 }, host, []],
    ['a guest with a guest', GUEST, guest, []],
    ['a guest with a host', GUEST, host, []],
    ['a guest with itself', GUEST, aUser({ id: 'guest' }), []],
    ['a muted guest with itself', GUEST, muted(aUser({ id: 'guest' })), []],
    ['who is not in a room', { ...OWNER, meId: null }, guest, []],
    ['who is in none, in a room without an owner', { meId: null, ownerId: null, isHost: true, hostCount: 0 }, guest, []],
    ['a host of a room whose owner is unknown', { ...HOST, ownerId: null }, guest, ['promote', 'mute', 'remove']],
  ])('%s', (_, viewpoint, user, actions) => expect(memberActions(user, viewpoint)).toEqual(actions));
});
