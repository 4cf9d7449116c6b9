/** Parts that the sections of the host menu share. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { RoomSetting, type Choice } from './room-setting';

export function MenuSection(props: { title: string; hint?: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="menu-section" aria-labelledby={id}>
      <h3 id={id}>{props.title}</h3>
      {props.hint !== undefined && <p class="menu-hint">{props.hint}</p>}
      {props.children}
    </section>
  );
}

/** A setting that a host may always change. */
export function HostSetting<T>(props: { legend: string; choices: Choice<T>[]; chosen: T; onChoose: (value: T) => void }) {
  return <RoomSetting {...props} locked={false} lockedId="" />;
}

export interface ChoiceWithHint<T> {
  value: T;
  label: string;
  hint: string;
}

/** Choices that need a line of explanation each. Buttons, because arrow keys on radio buttons would send a command each. */
export function ChoiceList<T>(props: { legend: string; choices: ChoiceWithHint<T>[]; chosen: T; onChoose: (value: T) => void }) {
  return (
    <div class="choice-list" role="group" aria-label={props.legend}>
      {props.choices.map(({ value, label, hint }) => (
        <button
          key={label}
          type="button"
          class="choice"
          aria-pressed={value === props.chosen}
          onClick={() => props.onChoose(value)}
        >
          <span class="choice-mark" aria-hidden="true" />
          <span class="choice-text">
            <b>{label}</b>
            <small>{hint}</small>
          </span>
        </button>
      ))}
    </div>
  );
}

/** A switch with its label. */
export function Switch(props: { label: string; hint: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <button type="button" class="switch" role="switch" aria-checked={props.on} onClick={() => props.onChange(!props.on)}>
      <span class="choice-text">
        <b>{props.label}</b>
        <small>{props.hint}</small>
      </span>
      <span class="switch-track" aria-hidden="true" />
    </button>
  );
}

/** A question before what cannot be taken back, in place of the control that asks. */
export function Question(props: {
  label: string;
  children: ComponentChildren;
  action: string;
  grave?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  return (
    <div class="menu-question" role="group" aria-label={props.label}>
      {props.children}
      <div class="menu-item-buttons">
        <button
          type="button"
          class={`button button-small ${props.grave === true ? 'button-grave' : 'button-primary'}`}
          ref={focusOnce}
          aria-disabled={props.busy === true}
          onClick={props.onConfirm}
        >
          {props.action}
        </button>
        <button type="button" class="button button-outline button-small" onClick={props.onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}

/** Focuses a question's main button when the question appears. */
function focusOnce(element: HTMLElement | null): void {
  element?.focus();
}
