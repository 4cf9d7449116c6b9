/**
 * A choice that is the room's. It shows what the server has told, and asks for a change with every press of a button – arrows do
 * not run through it, or everybody would see each stop. Who does not hold the remote meets it held.
 */
import { useApp } from './context';

export interface Choice<T> {
  value: T;
  label: string;
  /** In full, where the label alone would not say it. */
  name?: string;
}

export function SharedChoice<T>(props: {
  legend: string;
  choices: Choice<T>[];
  chosen: T;
  held: boolean;
  heldId: string;
  onChoose: (value: T) => void;
}) {
  const { toasts, remote } = useApp();
  return (
    <div class="choice" role="group" aria-label={props.legend} aria-describedby={props.held ? props.heldId : undefined}>
      <span class="choice-legend" aria-hidden="true">
        {props.legend}
      </span>
      <span class="choice-row">
        {props.choices.map(({ value, label, name }) => (
          <button
            key={label}
            type="button"
            class="choice-button"
            aria-pressed={value === props.chosen}
            aria-label={name}
            aria-disabled={props.held}
            onClick={() => (props.held ? toasts.show(remote.holders.value) : props.onChoose(value))}
          >
            {label}
          </button>
        ))}
      </span>
    </div>
  );
}
