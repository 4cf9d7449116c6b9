/** The message field. Enter sends, Shift+Enter adds a line; an Enter that ends an IME composition does neither. */
import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { chatClosedText } from '../app/chat-permission';
import { MESSAGE_MAX } from '../protocol/rules';
import { slowModeText } from '../room/settings-notices';
import { useApp } from './context';
import { Icon } from './icons';
import { lazyComponent } from './lazy';

const LABELS = { new: 'Message', reply: 'Reply', edit: 'Change the message' };
const COUNT_FROM = MESSAGE_MAX - 150;

/** Safari ends a composition just before the key event that ended it. */
const SAME_KEY_MS = 30;
const IME_KEY = 229;

export interface ComposerProps {
  id: string;
  onSent: (text: string) => void;
  /** Called on Escape, on Enter without text, and on blur without text. */
  onLeave?: () => void;
  /** Whether it answers and edits messages, and offers names and emoji. */
  extended?: boolean;
}

export interface ComposerExtrasProps {
  text: Signal<string>;
  area: RefObject<HTMLTextAreaElement | null>;
  /** Handles a key before the composer does; returns whether that is all. */
  keys: RefObject<((event: KeyboardEvent) => boolean) | null>;
}

const ComposerExtras = lazyComponent<ComposerExtrasProps>(async () => (await import('./composer-extras')).ComposerExtras);

export function Composer({ id, onSent, onLeave, extended = false }: ComposerProps) {
  const { chatInput, chatPermission, room } = useApp();
  const text = useSignal('');
  const area = useRef<HTMLTextAreaElement>(null);
  const extraKeys = useRef<((event: KeyboardEvent) => boolean) | null>(null);
  const composedAt = useRef(Number.NEGATIVE_INFINITY);
  const left = MESSAGE_MAX - text.value.length;

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text.value]);

  const permission = chatPermission.value;
  const closed = chatClosedText(permission);
  const { slowModeMs } = room.settings.value;

  function send(): void {
    const edits = chatInput.target.peek()?.kind === 'edit';
    if (permission.kind !== 'open' && !(edits && permission.kind === 'slow')) return;
    const said = text.value.trim();
    if (!chatInput.submit(text.value)) {
      onLeave?.();
      return;
    }
    text.value = '';
    if (!edits) onSent(said);
  }

  /** Returns whether the key belongs to an IME composition. */
  function composes(event: KeyboardEvent): boolean {
    return event.isComposing || event.keyCode === IME_KEY || event.timeStamp - composedAt.current < SAME_KEY_MS;
  }

  return (
    <form
      class="composer"
      data-closed={closed !== null}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={area}
        id={id}
        rows={1}
        value={text.value}
        maxLength={MESSAGE_MAX}
        readOnly={closed !== null}
        aria-label={LABELS[chatInput.target.value?.kind ?? 'new']}
        aria-autocomplete={extended ? 'list' : undefined}
        placeholder={
          closed ?? (slowModeMs > 0 && !room.isHost.value ? `One message every ${slowModeText(slowModeMs)}` : 'Say something')
        }
        aria-describedby={`${id}-note${text.value.length >= COUNT_FROM ? ` ${id}-left` : ''}`}
        enterkeyhint="send"
        onInput={(event) => {
          text.value = event.currentTarget.value;
          chatInput.onTyping(text.value.trim() === '');
        }}
        onCompositionEnd={(event) => (composedAt.current = event.timeStamp)}
        onBlur={() => {
          if (text.value.trim() === '') onLeave?.();
        }}
        onKeyDown={(event) => {
          if (composes(event) || extraKeys.current?.(event) === true) return;
          if (event.key === 'Escape') {
            event.currentTarget.blur();
            onLeave?.();
          }
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
      />
      {text.value.length >= COUNT_FROM && (
        <span class="composer-left" id={`${id}-left`} data-full={left === 0}>
          {left}
          <span class="visually-hidden"> characters left</span>
        </span>
      )}
      <span class="visually-hidden" id={`${id}-note`} role="status">
        {closed ?? (permission.kind === 'slow' ? 'Slow mode: please wait before the next message.' : '')}
      </span>
      {extended && <ComposerExtras text={text} area={area} keys={extraKeys} />}
      <button
        type="submit"
        class="icon-button composer-send"
        aria-label={permission.kind === 'slow' ? `Send, in ${permission.secondsLeft} s` : 'Send'}
        aria-disabled={permission.kind !== 'open' || text.value.trim() === ''}
      >
        {permission.kind === 'slow' ? (
          <span class="composer-wait" aria-hidden="true">
            {permission.secondsLeft}
          </span>
        ) : (
          <Icon name={closed === null ? 'send' : 'silent'} />
        )}
      </button>
    </form>
  );
}
