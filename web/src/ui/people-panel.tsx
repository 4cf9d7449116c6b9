/** Who is here, who holds the remote, and how to hand it on. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { User } from '../protocol/messages';
import { Field } from './bits';
import { useApp } from './context';
import { Icon } from './icons';
import { MemberStep } from './member-step';
import { InviteTicket } from './room-code';

export function PeoplePanel() {
  const { room } = useApp();
  return (
    <section class="people" id="panel-people" role="tabpanel" aria-label="People">
      {room.crowd.value === null ? <PeopleList users={room.users.value} /> : <Crowd count={room.crowd.value} />}
      <InviteTicket />
    </section>
  );
}

function PeopleList({ users }: { users: readonly User[] }) {
  const sorted = [...users].sort((a, b) => Number(b.isHost) - Number(a.isHost) || a.joinedAt.localeCompare(b.joinedAt));
  return (
    <ul class="people-list" aria-label="People" tabIndex={-1}>
      {sorted.map((user) => (
        <Person key={user.id} user={user} />
      ))}
    </ul>
  );
}

/** More people than anybody reads: some of them, a search for the others, and more of them on demand. */
function Crowd({ count }: { count: number }) {
  const { room, directory } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  const searching = directory.query.value.trim() !== '';
  const found = directory.found.value;
  const total = directory.total.value;
  const shown = searching ? found : joinedUp(room.users.value, found);
  const isMore = searching
    ? total !== null && found.length < total
    : shown.length < count && (total === null || found.length < total);
  const asking = directory.state.value === 'asking';

  async function more(): Promise<void> {
    await directory.more();
    // The button goes with the last page; whoever pressed it goes on with the list.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) frame.current?.querySelector('ul')?.focus();
    });
  }

  return (
    <div class="crowd" ref={frame}>
      <Field
        label={`Find somebody among ${count.toLocaleString('en')} people`}
        value={directory.query.value}
        onInput={directory.search}
        class="crowd-search"
        input={{ type: 'search', maxLength: 50, autocomplete: 'off' }}
      />
      <p class="crowd-note" role="status">
        {searching && foundText(total, asking)}
        {directory.state.value === 'failed' && 'The list could not be fetched. Please try again.'}
      </p>
      <PeopleList users={shown} />
      {(isMore || directory.state.value === 'failed') && (
        <button type="button" class="button button-line" aria-disabled={asking} onClick={() => !asking && void more()}>
          Show more
        </button>
      )}
    </div>
  );
}

function foundText(total: number | null, asking: boolean): string {
  if (total === null) return asking ? 'Looking…' : '';
  return total === 0 ? 'Nobody here is called that.' : total === 1 ? '1 person found' : `${total} people found`;
}

function joinedUp(known: readonly User[], found: readonly User[]): User[] {
  const ids = new Set(known.map((user) => user.id));
  return [...known, ...found.filter((user) => !ids.has(user.id))];
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
