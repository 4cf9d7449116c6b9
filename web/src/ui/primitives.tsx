/** Small components used by many screens. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icons';
import { siteAddress, visit } from '../app/router';

export function Link(props: { href: string; class?: string; children: ComponentChildren; label?: string }) {
  return (
    <a
      href={siteAddress(props.href)}
      class={props.class}
      aria-label={props.label}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        visit(props.href);
      }}
    >
      {props.children}
    </a>
  );
}

export function Wordmark() {
  return (
    <span class="wordmark">
      Watch <i>N</i> Chill
    </span>
  );
}

export function IconButton(props: {
  icon: IconName;
  label: string;
  onClick: () => void;
  filled?: boolean;
  pressed?: boolean;
  class?: string;
  keys?: string;
}) {
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ''}`}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-keyshortcuts={props.keys}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} filled={props.filled ?? false} />
    </button>
  );
}

export function Field(props: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  problem?: string | null;
  hint?: string;
  /** Whether the problem is not announced, because it changes every second. */
  quiet?: boolean;
  autoFocus?: boolean;
  class?: string;
  input?: Record<string, unknown>;
}) {
  const id = useId();
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.autoFocus === true) ref.current?.focus({ preventScroll: true });
  }, [props.autoFocus]);
  const problem = props.problem ?? null;
  const note = problem !== null ? `${id}-problem` : props.hint !== undefined ? `${id}-hint` : undefined;
  return (
    <div class={`field ${props.class ?? ''}`}>
      <label for={id}>{props.label}</label>
      <input
        ref={ref}
        id={id}
        type="text"
        value={props.value}
        aria-invalid={problem !== null}
        aria-describedby={note}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        {...props.input}
      />
      <p
        class={problem !== null ? 'field-note field-problem' : 'field-note'}
        id={note}
        role={problem !== null && props.quiet !== true ? 'alert' : undefined}
      >
        {problem ?? props.hint ?? ''}
      </p>
    </div>
  );
}

/** A native modal dialog, which keeps the focus inside and returns it. */
export function Dialog(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  class?: string;
  style?: Record<string, string>;
  children: ComponentChildren;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const closing = useRef(false);
  const id = useId();
  // Before the next event: the body goes with the property, and an empty dialog that is still open would swallow keys.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    if (props.open && !dialog.open) dialog.showModal();
    if (!props.open && dialog.open) {
      closing.current = true;
      dialog.close();
      props.onClose();
    }
  }, [props.open]);
  return (
    <dialog
      ref={ref}
      class={`dialog ${props.class ?? ''}`}
      style={props.style}
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        props.onClose();
      }}
      onClose={() => {
        // The event about a close by the property, which may come after the dialog was asked to open again, says nothing.
        if (closing.current) closing.current = false;
        else props.onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) props.onClose();
      }}
    >
      {props.open && (
        <div class="dialog-body">
          <header class="dialog-head">
            <h2 id={id}>{props.title}</h2>
            <IconButton icon="close" label="Close" onClick={props.onClose} />
          </header>
          {props.children}
        </div>
      )}
    </dialog>
  );
}
