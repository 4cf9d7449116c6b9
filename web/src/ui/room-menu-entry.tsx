/** The host menu's part about the way in: those who wait, who may come in, the password. */
import { useSignal } from '@preact/signals';
import { type RoomSettings, PASSWORD_MAX, checkPassword } from '../protocol/room-access';
import { timeOfMoment } from '../room/format';
import { useApp } from './context';
import { useHostCommands } from './room-menu-context';
import { Field } from './primitives';
import { type ChoiceWithHint, ChoiceList, MenuSection, Question } from './room-menu-parts';

export function WaitingSection() {
  const { room, controls } = useApp();
  const knocks = room.knocks.value;
  if (knocks.length === 0) return null;
  return (
    <MenuSection title="At the door">
      <ul class="menu-list">
        {knocks.map(({ knockId, userName, at }) => (
          <li key={knockId} class="menu-item">
            <span class="menu-item-text">
              <b>{userName}</b>
              <small>waits since {timeOfMoment(at)}</small>
            </span>
            <span class="menu-item-buttons">
              <button
                type="button"
                class="button button-primary button-small"
                aria-label={`Let in ${userName}`}
                onClick={() => void controls.answerKnock(knockId, true)}
              >
                Let in
              </button>
              <button
                type="button"
                class="button button-outline button-small"
                aria-label={`Decline ${userName}`}
                onClick={() => void controls.answerKnock(knockId, false)}
              >
                Decline
              </button>
            </span>
          </li>
        ))}
      </ul>
    </MenuSection>
  );
}

export const ENTRY_CHOICES: ChoiceWithHint<RoomSettings['entry']>[] = [
  { value: 'link', label: 'Everybody with the link', hint: 'The code is enough.' },
  { value: 'password', label: 'With a password', hint: 'They need the link and a word from you.' },
  { value: 'approval', label: 'When a host lets them in', hint: 'They knock, and you answer.' },
  { value: 'closed', label: 'Nobody new', hint: 'Members who leave can come back.' },
];

export function EntrySection() {
  const { room } = useApp();
  const hostCommands = useHostCommands();
  const { entry, hasPassword } = room.settings.value;
  const open = useSignal<'nothing' | 'password' | 'removal'>('nothing');

  function choose(next: RoomSettings['entry']): void {
    open.value = next === 'password' && !hasPassword ? 'password' : 'nothing';
    if (open.value === 'nothing' && next !== entry) void hostCommands.setSettings({ entry: next });
  }

  return (
    <MenuSection title="Who may come in">
      <ChoiceList
        legend="Who may come in"
        choices={ENTRY_CHOICES}
        chosen={open.value === 'password' && !hasPassword ? 'password' : entry}
        onChoose={choose}
      />
      {open.value === 'password' && <PasswordForm locks={!hasPassword} onDone={() => (open.value = 'nothing')} />}
      {open.value === 'removal' && hasPassword && (
        <Question
          label="Remove the password"
          action="Remove it"
          grave
          onConfirm={() => void hostCommands.setPassword(null).then((ok) => ok && (open.value = 'nothing'))}
          onCancel={() => (open.value = 'nothing')}
        >
          <p>
            <b>Remove the password?</b>{' '}
            {entry === 'password'
              ? 'Everybody with the link can come in then.'
              : 'Nobody is asked for it now. To use one later, set a new one.'}
          </p>
        </Question>
      )}
      {open.value === 'nothing' && hasPassword && (
        <div class="menu-actions">
          <button type="button" class="text-button" onClick={() => (open.value = 'password')}>
            Change the password
          </button>
          <button type="button" class="text-button" onClick={() => (open.value = 'removal')}>
            Remove the password
          </button>
        </div>
      )}
    </MenuSection>
  );
}

/** @param locks whether the room is locked with the new password */
function PasswordForm({ locks, onDone }: { locks: boolean; onDone: () => void }) {
  const { toasts } = useApp();
  const hostCommands = useHostCommands();
  const password = useSignal('');
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);

  async function save(): Promise<void> {
    const checked = checkPassword(password.value);
    problem.value = checked.ok ? null : checked.problem;
    if (!checked.ok || busy.value) return;
    busy.value = true;
    const ok = await (locks ? hostCommands.lockWithPassword(checked.value) : hostCommands.setPassword(checked.value));
    busy.value = false;
    if (!ok) return;
    toasts.show(locks ? 'The room is locked with a password' : 'The password is changed');
    onDone();
  }

  return (
    <form
      class="menu-row"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="New password"
        value={password.value}
        onInput={(value) => {
          password.value = value;
          problem.value = null;
        }}
        problem={problem.value}
        hint="The hosts tell it; the page never shows it again."
        autoFocus
        input={{
          name: 'new-room-password',
          autocomplete: 'off',
          maxLength: PASSWORD_MAX,
          autocapitalize: 'none',
          spellcheck: false,
        }}
      />
      <button type="submit" class="button button-primary" aria-disabled={busy.value}>
        {locks ? 'Lock the room' : 'Change it'}
      </button>
      <button type="button" class="button button-quiet" onClick={onDone}>
        Cancel
      </button>
    </form>
  );
}
