/** The page that asks for a room code. Loaded when it is shown, or from the start page. */
import { useSignal } from '@preact/signals';
import { keepInvitation } from '../app/invitation-link';
import { route, visit } from '../app/router';
import { checkName, checkRoomCode } from '../protocol/rules';
import { useApp } from './context';
import { EntryForm, EntryLayout, NAME_INPUT } from './entry-form';
import { Field, Link } from './primitives';

export function JoinRoomPage() {
  const { session, sessionState, browserStorage } = useApp();
  const start = route.value.page === 'join' ? route.value.code : '';
  const code = useSignal(start);
  const name = useSignal(browserStorage.loadName());
  const problems = useSignal<{ code: string | null; name: string | null }>({ code: null, name: null });
  return (
    <EntryLayout
      other={
        <p class="entry-other">
          No code? <Link href="/create">Create a room</Link>
        </p>
      }
    >
      <EntryForm
        title="Join a room"
        intro="The host has the code. The whole link works too."
        action="Take a seat"
        busy={sessionState.value.phase === 'joining'}
        onSubmit={() => {
          const room = checkRoomCode(code.value);
          const person = checkName(name.value);
          problems.value = { code: room.ok ? null : room.problem, name: person.ok ? null : person.problem };
          if (!room.ok || !person.ok) return;
          session.join(room.value, person.value);
          visit(`/room/${room.value}`, 'replace');
        }}
      >
        <Field
          class="field-code"
          label="Room code or link"
          value={code.value}
          onInput={(value) => {
            keepInvitation(value, browserStorage);
            const tidy = checkRoomCode(value);
            code.value = tidy.ok ? tidy.value : value.includes('/') ? value : value.toUpperCase();
            problems.value = { ...problems.value, code: null };
          }}
          problem={problems.value.code}
          hint="Six letters and numbers."
          autoFocus
          input={{ name: 'code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: false }}
        />
        <Field
          label="Your name"
          value={name.value}
          onInput={(value) => {
            name.value = value;
            problems.value = { ...problems.value, name: null };
          }}
          problem={problems.value.name}
          input={NAME_INPUT}
        />
      </EntryForm>
    </EntryLayout>
  );
}
