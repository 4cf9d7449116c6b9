/** The page that creates a room: just a name, or with settings. */
import { useSignal } from '@preact/signals';
import { type RoomDraft, EMPTY_DRAFT, newRoom } from '../app/room-draft';
import { checkPassword } from '../protocol/room-access';
import { checkName } from '../protocol/rules';
import { useApp } from './context';
import { EntryForm, EntryLayout, NAME_INPUT, useEntryProblem } from './entry-form';
import { Icon } from './icons';
import { lazyComponent } from './lazy';
import { Field, Link } from './primitives';
import type { RoomOptionsProps } from './room-options';

const RoomOptions = lazyComponent<RoomOptionsProps>(async () => (await import('./room-options')).RoomOptions);

export function CreateRoomPage() {
  const { session, sessionState, browserStorage } = useApp();
  const name = useSignal(browserStorage.loadName());
  const draft = useSignal(EMPTY_DRAFT);
  const open = useSignal(false);
  const problems = useSignal<{ name: string | null; password: string | null }>({ name: null, password: null });
  const trouble = useEntryProblem();
  function change(part: Partial<RoomDraft>): void {
    draft.value = { ...draft.value, ...part };
    problems.value = { ...problems.value, password: null };
  }
  return (
    <EntryLayout
      other={
        <p class="entry-other">
          Somebody sent you a code? <Link href="/join">Join their room</Link>
        </p>
      }
    >
      <EntryForm
        title="Create a room"
        intro="You get a link to send around, and the remote."
        action="Open the doors"
        busy={sessionState.value.phase === 'joining'}
        onSubmit={() => {
          const checked = checkName(name.value);
          const password = draft.value.entry === 'password' ? checkPassword(draft.value.password) : null;
          problems.value = {
            name: checked.ok ? null : checked.problem,
            password: password === null || password.ok ? null : password.problem,
          };
          if (problems.value.password !== null) open.value = true;
          if (checked.ok && problems.value.password === null) session.create(checked.value, newRoom(draft.value));
        }}
      >
        <Field
          label="Your name"
          value={name.value}
          onInput={(value) => {
            name.value = value;
            problems.value = { ...problems.value, name: null };
          }}
          problem={problems.value.name ?? trouble}
          hint="The others see it next to what you write."
          autoFocus
          input={NAME_INPUT}
        />
        <div class="disclosure">
          <button
            type="button"
            class="disclosure-button"
            aria-expanded={open.value}
            aria-controls="room-options"
            onClick={() => (open.value = !open.value)}
          >
            <Icon name="down" />
            Title, password, who may control
          </button>
          <div id="room-options" hidden={!open.value}>
            {open.value && <RoomOptions draft={draft.value} onChange={change} passwordProblem={problems.value.password} />}
          </div>
        </div>
      </EntryForm>
    </EntryLayout>
  );
}
