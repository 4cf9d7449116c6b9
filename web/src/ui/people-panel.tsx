/** Who is here, who holds the remote, and how to hand it on. */
import { useSignal } from '@preact/signals';
import type { User } from '../protocol/messages';
import { useApp } from './context';
import { Icon } from './icons';
import { MemberStep } from './member-step';
import { InviteTicket } from './room-code';

export function PeoplePanel() {
  const { room } = useApp();
  const users = [...room.users.value].sort((a, b) => Number(b.isHost) - Number(a.isHost) || a.joinedAt.localeCompare(b.joinedAt));
  return (
    <section class="people" id="panel-people" role="tabpanel" aria-label="People">
      <ul class="people-list">
        {users.map((user) => (
          <Person key={user.id} user={user} />
        ))}
      </ul>
      <InviteTicket />
    </section>
  );
}

function Person({ user }: { user: User }) {
  const { room, remote, step } = useApp();
  const asking = useSignal(false);
  const me = user.id === room.meId.value;
  const away = user.away === true;
  // One's own is known better than the room knows it.
  const mine = me && step.state.value !== 'none';
  const told = mine
    ? { state: step.state.value, drift: step.history.value.at(-1)?.drift ?? null, bound: step.boundMs.value }
    : room.sync.value.get(user.id);
  return (
    <li class="person" data-away={away}>
      <span class="person-seat" aria-hidden="true">
        {user.name.trim().charAt(0).toUpperCase()}
      </span>
      <span class="person-name">
        {user.name}
        {me && <small> you</small>}
        {away && <small> away</small>}
      </span>
      {!away && told !== undefined && <MemberStep told={told} me={me} />}
      {user.isHost && (
        <span class="person-host">
          <Icon name="remote" />
          Host
        </span>
      )}
      {!user.isHost && room.isHost.value && !asking.value && (
        <button
          type="button"
          class="text-button"
          onClick={() => (asking.value = true)}
          aria-label={`Give ${user.name} the remote`}
        >
          Give remote
        </button>
      )}
      {!user.isHost && asking.value && (
        <span class="person-ask" role="group" aria-label={`Make ${user.name} a host?`}>
          <span>Make {user.name} a host? It cannot be taken back.</span>
          <button
            type="button"
            class="button button-lamp button-small"
            ref={(element) => element?.focus()}
            onClick={() => {
              asking.value = false;
              void remote.promote(user.id);
            }}
          >
            Yes
          </button>
          <button type="button" class="button button-line button-small" onClick={() => (asking.value = false)}>
            No
          </button>
        </span>
      )}
    </li>
  );
}
