/** The settings on the page that creates a room. */
import type { RoomDraft } from '../app/room-draft';
import { PASSWORD_MAX, type RoomSettings, TITLE_MAX } from '../protocol/room-access';
import '../styles/room-options.css';
import { Field } from './primitives';

const ENTRIES: { value: RoomSettings['entry']; label: string }[] = [
  { value: 'link', label: 'Everybody with the link' },
  { value: 'password', label: 'With a password' },
  { value: 'approval', label: 'When I let them in' },
];
const CONTROLS: { value: RoomSettings['control']; label: string }[] = [
  { value: 'hosts', label: 'Only hosts' },
  { value: 'everyone', label: 'Everybody' },
];

export interface RoomOptionsProps {
  draft: RoomDraft;
  onChange: (part: Partial<RoomDraft>) => void;
  passwordProblem: string | null;
}

export function RoomOptions({ draft, onChange, passwordProblem }: RoomOptionsProps) {
  return (
    <div class="disclosure-content">
      <Field
        label="Title of the room"
        value={draft.title}
        onInput={(title) => onChange({ title })}
        class="field-flat"
        input={{ name: 'room-title', maxLength: TITLE_MAX, autocomplete: 'off', placeholder: 'Friday film night' }}
      />
      <Options
        legend="Who may come in"
        name="entry"
        choices={ENTRIES}
        chosen={draft.entry}
        onChoose={(entry) => onChange({ entry })}
      />
      {draft.entry === 'password' && (
        <Field
          label="Password of the room"
          value={draft.password}
          onInput={(password) => onChange({ password })}
          problem={passwordProblem}
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
        chosen={draft.control}
        onChoose={(control) => onChange({ control })}
      />
      <label class="check">
        <input
          type="checkbox"
          name="listed"
          checked={draft.listed}
          onChange={(event) => onChange({ listed: event.currentTarget.checked })}
        />
        <span>Show it on the start page</span>
      </label>
    </div>
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
