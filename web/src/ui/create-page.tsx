/** The page that creates a room: just a name, or with settings. */
import { useSignal } from '@preact/signals';
import { checkName } from '../protocol/rules';
import { useApp } from './context';
import { EntryForm, EntryLayout, NAME_INPUT, useEntryProblem } from './entry-form';
import { Field, Link } from './primitives';

export function CreateRoomPage() {
  const { session, sessionState, browserStorage } = useApp();
  const name = useSignal(browserStorage.loadName());
  const problem = useSignal<string | null>(null);
  const trouble = useEntryProblem();
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
          problem.value = checked.ok ? null : checked.problem;
          if (checked.ok) session.create(checked.value);
        }}
      >
        <Field
          label="Your name"
          value={name.value}
          onInput={(value) => {
            name.value = value;
            problem.value = null;
          }}
          problem={problem.value ?? trouble}
          hint="The others see it next to what you write."
          autoFocus
          input={NAME_INPUT}
        />
      </EntryForm>
    </EntryLayout>
  );
}
