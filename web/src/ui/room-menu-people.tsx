/** The host menu's part about people: roles, mute, removal, bans. */
import { useSignal } from '@preact/signals';
import type { User } from '../protocol/messages';
import { initialOf } from '../protocol/names';
import { dateOfMoment } from '../room/format';
import { type MemberAction, memberActions } from '../room/member-actions';
import { useApp } from './context';
import { useBans, useHostCommands } from './room-menu-context';
import { Icon } from './icons';
import { LargeRoomMembers, sortMembers } from './members-panel';
import { HostSetting, MenuSection, Question } from './room-menu-parts';

export function PeopleSection() {
  const { room } = useApp();
  const open = useSignal<string | null>(null);
  const list = (users: readonly User[]) => (
    <ul class="menu-list" aria-label="People" tabIndex={-1}>
      {sortMembers(users).map((user) => (
        <PersonRow
          key={user.id}
          user={user}
          open={open.value === user.id}
          onToggle={() => (open.value = open.value === user.id ? null : user.id)}
          onDone={() => (open.value = null)}
        />
      ))}
    </ul>
  );
  const large = room.largeRoomCount.value;
  return (
    <MenuSection title="People">
      {large === null ? list(room.users.value) : <LargeRoomMembers count={large} list={list} />}
    </MenuSection>
  );
}

const LABELS: Record<MemberAction, string> = {
  promote: 'Give the remote',
  demote: 'Take the remote back',
  'step-down': 'Give up the remote',
  mute: 'Mute in the chat',
  unmute: 'Let write again',
  remove: 'Remove…',
  transfer: 'Make owner…',
};

function PersonRow({ user, open, onToggle, onDone }: { user: User; open: boolean; onToggle: () => void; onDone: () => void }) {
  const { room } = useApp();
  const actions = memberActions(user, {
    meId: room.meId.value,
    ownerId: room.ownerId.value,
    isHost: room.isHost.value,
    hostCount: room.hosts.value.length,
  });
  const role = user.id === room.ownerId.value ? 'Owner' : user.isHost ? 'Host' : null;
  return (
    <li class="person" data-open={open && actions.length > 0}>
      <div class="menu-item">
        <span class="member-initial" aria-hidden="true">
          {initialOf(user.name)}
        </span>
        <span class="menu-item-text">
          <b>
            {user.name}
            {user.id === room.meId.value && <small> you</small>}
          </b>
          <small>{[role, user.muted === true && 'muted', user.away === true && 'away'].filter(Boolean).join(', ')}</small>
        </span>
        {actions.length > 0 && (
          <button
            type="button"
            class="icon-button"
            aria-expanded={open}
            aria-label={`Actions for ${user.name}`}
            title={`Actions for ${user.name}`}
            onClick={onToggle}
          >
            <Icon name="more" />
          </button>
        )}
      </div>
      {open && actions.length > 0 && <PersonActions user={user} actions={actions} onDone={onDone} />}
    </li>
  );
}

function PersonActions({ user, actions, onDone }: { user: User; actions: MemberAction[]; onDone: () => void }) {
  const hostCommands = useHostCommands();
  const asking = useSignal<'none' | 'remove' | 'transfer'>('none');
  const run: Record<Exclude<MemberAction, 'remove' | 'transfer'>, () => Promise<boolean>> = {
    promote: () => hostCommands.promote(user.id),
    demote: () => hostCommands.demote(user.id),
    'step-down': () => hostCommands.demote(user.id),
    mute: () => hostCommands.mute(user.id, true),
    unmute: () => hostCommands.mute(user.id, false),
  };
  if (asking.value === 'remove' && actions.includes('remove'))
    return <RemovalForm user={user} onDone={onDone} onCancel={() => (asking.value = 'none')} />;
  if (asking.value === 'transfer' && actions.includes('transfer')) {
    return (
      <Question
        label={`Hand the room over to ${user.name}`}
        action="Hand over"
        onConfirm={() => void hostCommands.transfer(user.id).then((ok) => ok && onDone())}
        onCancel={() => (asking.value = 'none')}
      >
        <p>
          <b>Hand the room over to {user.name}?</b> They become its owner. You stay a host, and only they can give it back.
        </p>
      </Question>
    );
  }
  return (
    <div class="person-actions" role="group" aria-label={`Actions for ${user.name}`}>
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          class={action === 'remove' ? 'person-action person-action-grave' : 'person-action'}
          onClick={() => {
            if (action === 'remove' || action === 'transfer') asking.value = action;
            else void run[action]();
          }}
        >
          {LABELS[action]}
        </button>
      ))}
    </div>
  );
}

/** How long a removed member stays out: 0 = may come back at once, null = until the room ends. */
export const BAN_CHOICES = [
  { value: 0, label: 'No', name: 'No, they may come back' },
  { value: 10, label: '10 min', name: 'For 10 min' },
  { value: 60, label: '1 hour', name: 'For 1 hour' },
  { value: 24 * 60, label: '1 day', name: 'For 1 day' },
  { value: null, label: 'For good', name: 'For good, as long as the room lasts' },
];

function RemovalForm({ user, onDone, onCancel }: { user: User; onDone: () => void; onCancel: () => void }) {
  const hostCommands = useHostCommands();
  const minutes = useSignal<number | null>(0);
  const busy = useSignal(false);

  async function remove(): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const ok =
      minutes.value === 0
        ? await hostCommands.remove(user.id, user.name)
        : await hostCommands.ban(user.id, user.name, minutes.value);
    busy.value = false;
    if (ok) onDone();
  }

  return (
    <Question
      label={`Remove ${user.name}`}
      action={minutes.value === 0 ? 'Remove' : 'Remove and ban'}
      grave
      busy={busy.value}
      onConfirm={() => void remove()}
      onCancel={onCancel}
    >
      <p>
        <b>Remove {user.name} from the room?</b> A ban also holds for another name and another tab.
      </p>
      <HostSetting
        legend="Ban as well"
        choices={BAN_CHOICES}
        chosen={minutes.value}
        onChoose={(value) => (minutes.value = value)}
      />
    </Question>
  );
}

export function BansSection() {
  const hostCommands = useHostCommands();
  const { items, state, load } = useBans();
  if (items.value.length === 0 && state.value !== 'failed') return null;
  return (
    <MenuSection title="Bans">
      {state.value === 'failed' && (
        <p class="menu-hint" role="alert">
          The list could not be fetched.{' '}
          <button type="button" class="text-button" onClick={() => void load()}>
            Try again
          </button>
        </p>
      )}
      <ul class="menu-list" aria-label="Banned people">
        {items.value.map(({ banId, userName, byName, until }) => (
          <li key={banId} class="menu-item">
            <span class="menu-item-text">
              <b>{userName}</b>
              <small>
                {until === null ? 'for good' : `until ${dateOfMoment(until)}`}
                {byName !== null && `, by ${byName}`}
              </small>
            </span>
            <button
              type="button"
              class="text-button"
              aria-label={`Lift the ban of ${userName}`}
              onClick={() => void hostCommands.liftBan(banId)}
            >
              Lift
            </button>
          </li>
        ))}
      </ul>
    </MenuSection>
  );
}
