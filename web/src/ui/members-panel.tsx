/** The members of the room, and how to make one a host. Loaded after the room has been entered. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { User } from '../protocol/messages';
import { initialOf } from '../protocol/names';
import '../styles/members.css';
import { Field } from './primitives';
import { useApp } from './context';
import { Icon } from './icons';
import { MemberSyncStatus } from './member-sync-status';
import { InviteCard } from './invite-card';
import { VoiceButton } from './voice-button';

export function MembersPanel({ onVoice }: { onVoice?: () => void }) {
  const { room } = useApp();
  return (
    <section class="members" id="panel-members" role="tabpanel" aria-label="People">
      {onVoice !== undefined && room.voice.value !== null && <VoiceButton onClick={onVoice} />}
      {room.largeRoomCount.value === null ? (
        <MemberList users={room.users.value} />
      ) : (
        <LargeRoomMembers count={room.largeRoomCount.value} list={(users) => <MemberList users={users} />} />
      )}
      <InviteCard />
    </section>
  );
}

/** Hosts first, then in the order in which they came. */
export function sortMembers(users: readonly User[]): User[] {
  return [...users].sort((a, b) => Number(b.isHost) - Number(a.isHost) || a.joinedAt.localeCompare(b.joinedAt));
}

function MemberList({ users }: { users: readonly User[] }) {
  return (
    <ul class="member-list" aria-label="People" tabIndex={-1}>
      {sortMembers(users).map((user) => (
        <MemberRow key={user.id} user={user} />
      ))}
    </ul>
  );
}

/** Part of a large room's members, with a search and more on demand. */
export function LargeRoomMembers({ count, list }: { count: number; list: (users: readonly User[]) => ComponentChildren }) {
  const { room, memberSearch } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  const searching = memberSearch.query.value.trim() !== '';
  const found = memberSearch.found.value;
  const total = memberSearch.total.value;
  const shown = searching ? found : mergeMembers(room.users.value, found);
  const isMore = searching
    ? total !== null && found.length < total
    : shown.length < count && (total === null || found.length < total);
  const asking = memberSearch.state.value === 'loading';

  async function more(): Promise<void> {
    await memberSearch.loadMore();
    // The button disappears with the last page; the focus moves to the list.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) frame.current?.querySelector('ul')?.focus();
    });
  }

  return (
    <div class="large-room" ref={frame}>
      <Field
        label={`Find somebody among ${count.toLocaleString('en')} people`}
        value={memberSearch.query.value}
        onInput={memberSearch.search}
        class="large-room-search"
        input={{ type: 'search', maxLength: 50, autocomplete: 'off' }}
      />
      <p class="large-room-note" role="status">
        {searching && searchResultText(total, asking)}
        {memberSearch.state.value === 'failed' && 'The list could not be fetched. Please try again.'}
      </p>
      {list(shown)}
      {(isMore || memberSearch.state.value === 'failed') && (
        <button type="button" class="button button-outline" aria-disabled={asking} onClick={() => !asking && void more()}>
          Show more
        </button>
      )}
    </div>
  );
}

function searchResultText(total: number | null, asking: boolean): string {
  if (total === null) return asking ? 'Looking…' : '';
  return total === 0 ? 'Nobody here is called that.' : total === 1 ? '1 person found' : `${total} people found`;
}

function mergeMembers(known: readonly User[], found: readonly User[]): User[] {
  const ids = new Set(known.map((user) => user.id));
  return [...known, ...found.filter((user) => !ids.has(user.id))];
}

function MemberRow({ user }: { user: User }) {
  const { room, controls, syncStatus } = useApp();
  const asking = useSignal(false);
  const me = user.id === room.meId.value;
  const away = user.away === true;
  // The own player's state is more recent than the room's.
  const mine = me && syncStatus.state.value !== 'none';
  const status = mine
    ? { state: syncStatus.state.value, drift: syncStatus.history.value.at(-1)?.drift ?? null, bound: syncStatus.boundMs.value }
    : room.sync.value.get(user.id);
  return (
    <li class="member" data-away={away}>
      <span class="member-initial" aria-hidden="true">
        {initialOf(user.name)}
      </span>
      <span class="member-name">
        <bdi>{user.name}</bdi>
        {me && <small> you</small>}
        {away && <small> away</small>}
        {user.muted === true && <small> muted</small>}
        {room.speaking.value.has(user.id) && <small class="member-speaks"> speaks</small>}
      </span>
      {!away && status !== undefined && <MemberSyncStatus status={status} me={me} />}
      {user.isHost && (
        <span class="member-host">
          <Icon name="remote" />
          Host
        </span>
      )}
      {!user.isHost && room.isHost.value && !asking.value && (
        <button
          type="button"
          class="text-button"
          onClick={() => (asking.value = true)}
          aria-label={`Give remote to ${user.name}`}
        >
          Give remote
        </button>
      )}
      {!user.isHost && asking.value && (
        <span class="member-confirm" role="group" aria-label={`Make ${user.name} a host?`}>
          <span>
            Make {user.name} a host? {room.isOwner.value ? 'You can take it back.' : 'Only the owner can take it back.'}
          </span>
          <button
            type="button"
            class="button button-primary button-small"
            ref={(element) => element?.focus()}
            onClick={() => {
              asking.value = false;
              void controls.promote(user.id);
            }}
          >
            Yes
          </button>
          <button type="button" class="button button-outline button-small" onClick={() => (asking.value = false)}>
            No
          </button>
        </span>
      )}
    </li>
  );
}
