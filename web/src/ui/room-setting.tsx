/**
 * A setting of the room as a row of buttons. It shows the server's value and sends a command per press. Radio buttons
 * would send one for each arrow key. Locked for guests.
 */
import '../styles/room-setting.css';
import { useApp } from './context';

export interface Choice<T> {
  value: T;
  label: string;
  /** Full name, where the label alone is unclear. */
  name?: string;
}

export function RoomSetting<T>(props: {
  legend: string;
  choices: Choice<T>[];
  chosen: T;
  locked: boolean;
  lockedId: string;
  onChoose: (value: T) => void;
}) {
  const { toasts, controls } = useApp();
  return (
    <div class="room-setting" role="group" aria-label={props.legend} aria-describedby={props.locked ? props.lockedId : undefined}>
      <span class="room-setting-legend" aria-hidden="true">
        {props.legend}
      </span>
      <span class="room-setting-row">
        {props.choices.map(({ value, label, name }) => (
          <button
            key={String(value)}
            type="button"
            class="room-setting-button"
            aria-pressed={value === props.chosen}
            aria-label={name}
            aria-disabled={props.locked}
            onClick={() => (props.locked ? toasts.show(controls.holdersText.value) : props.onChoose(value))}
          >
            {label}
          </button>
        ))}
      </span>
    </div>
  );
}
