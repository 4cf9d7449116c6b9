/** The page that creates a room: just a name, or with settings. */
import { useSignal } from '@preact/signals';
import type { NewRoom } from '../app/session-states';
import { PASSWORD_MAX, type RoomSettings, TITLE_MAX, checkPassword, cleanTitle } from '../protocol/room-access';
import { checkName } from '../protocol/rules';
import { useApp } from './context';
import { EntryForm, EntryLayout, NAME_INPUT, useEntryProblem } from './entry-form';
import { Icon } from './icons';
import { Field, Link } from './primitives';

const ENTRIES: { value: RoomSettings['entry']; label: string }[] = [
  { value: 'link', label: 'Everybody with the link' },
  { value: 'password', label: 'With a password' },
  { value: 'approval', label: 'When I let them in' },
];
const CONTROLS: { value: RoomSettings['control']; label: string }[] = [
  { value: 'hosts', label: 'Only hosts' },
  { value: 'everyone', label: 'Everybody' },
];

interface Draft {
  title: string;
  entry: RoomSettings['entry'];
  password: string;
  control: RoomSettings['control'];
  listed: boolean;
}

const EMPTY: Draft = { title: '', entry: 'link', password: '', control: 'hosts', listed: false };

/** Returns what `create-room` sends: only settings that differ from those of every new room. */
export function newRoom({ title, entry, password, control, listed }: Draft): NewRoom {
  const settings: NewRoom['settings'] = {};
  const name = cleanTitle(title);
  if (name !== null) settings.title = name;
  if (entry !== 'link') settings.entry = entry;
  if (control !== 'hosts') settings.control = control;
  if (listed) settings.listed = true;
  return {
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(entry === 'password' ? { password } : {}),
  };
}

export function CreateRoomPage() {
  const { session, sessionState, browserStorage } = useApp();
  const name = useSignal(browserStorage.loadName());
  const draft = useSignal<Draft>(EMPTY);
  const open = useSignal(false);
  const problems = useSignal<{ name: string | null; password: string | null }>({ name: null, password: null });
  const trouble = useEntryProblem();
  const change = (part: Partial<Draft>) => (draft.value = { ...draft.value, ...part });
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
          <div id="room-options" class="disclosure-content" hidden={!open.value}>
            <Field
              label="Title of the room"
              value={draft.value.title}
              onInput={(title) => change({ title })}
              class="field-flat"
              input={{ name: 'room-title', maxLength: TITLE_MAX, autocomplete: 'off', placeholder: 'Friday film night' }}
            />
            <Options
              legend="Who may come in"
              name="entry"
              choices={ENTRIES}
              chosen={draft.value.entry}
              onChoose={(entry) => change({ entry })}
            />
            {draft.value.entry === 'password' && (
              <Field
                label="Password of the room"
                value={draft.value.password}
                onInput={(password) => {
                  change({ password });
                  problems.value = { ...problems.value, password: null };
                }}
                problem={problems.value.password}
                input={{
                  name: 'new-room-password',
                  maxLength: PASSWORD_MAX,
                  autocomplete: 'off',
                  autocapitalize: 'none',
                  spellcheck: false,
                }}
              />
            )}
            <Options
              legend="Who may control the film"
              name="control"
              choices={CONTROLS}
              chosen={draft.value.control}
              onChoose={(control) => change({ control })}
            />
            <label class="check">
              <input
                type="checkbox"
                name="listed"
                checked={draft.value.listed}
                onChange={(event) => change({ listed: event.currentTarget.checked })}
              />
              <span>Show it on the start page</span>
            </label>
          </div>
        </div>
      </EntryForm>
    </EntryLayout>
  );
}

/** A choice before the room exists: plain radio buttons, because nothing is sent yet. */
function Options<T extends string>(props: {
  legend: string;
  name: string;
  choices: { value: T; label: string }[];
  chosen: T;
  onChoose: (value: T) => void;
}) {
  return (
    <fieldset class="options">
      <legend>{props.legend}</legend>
      {props.choices.map(({ value, label }) => (
        <label class="check" key={value}>
          <input
            type="radio"
            name={props.name}
            value={value}
            checked={value === props.chosen}
            onChange={() => props.onChoose(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
