/** The pages on the way into a room: invitation, joining. */
import { useSignal } from '@preact/signals';
import { checkName } from '../protocol/rules';
import { useApp } from './context';
import { EntryForm, EntryLayout, NAME_INPUT, useEntryProblem } from './entry-form';
import { Field, Link } from './primitives';

/** The page of a direct link, which asks for a name. */
export function InvitationPage({ roomId, problem }: { roomId: string; problem: string | null }) {
  const { session, browserStorage, sessionState } = useApp();
  const name = useSignal(browserStorage.loadName());
  const own = useSignal<string | null>(null);
  return (
    <EntryLayout>
      <EntryForm
        title="You are invited"
        intro={
          <>
            Room <b class="code-inline">{roomId}</b> is open. Under which name do you come in?
          </>
        }
        action="Take a seat"
        busy={sessionState.value.phase === 'joining'}
        onSubmit={() => {
          const checked = checkName(name.value);
          own.value = checked.ok ? null : checked.problem;
          if (checked.ok) session.join(roomId, checked.value);
        }}
      >
        <Field
          label="Your name"
          value={name.value}
          onInput={(value) => {
            name.value = value;
            own.value = null;
          }}
          problem={own.value ?? problem}
          autoFocus
          input={NAME_INPUT}
        />
      </EntryForm>
    </EntryLayout>
  );
}

export function JoiningPage() {
  const trouble = useEntryProblem();
  return (
    <div class="page joining">
      <main id="main" class="joining-main">
        <div class="joining-spinner" aria-hidden="true" />
        <p role="status">{trouble ?? 'Finding your seat…'}</p>
        {trouble !== null && (
          <Link href="/" class="button button-quiet">
            Back to the entrance
          </Link>
        )}
      </main>
    </div>
  );
}
