/** The message field. Enter sends, Shift+Enter adds a line; an Enter that ends an IME composition does neither. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { MESSAGE_MAX } from '../protocol/rules';
import { useApp } from './context';
import { Icon } from './icons';

const COUNT_FROM = MESSAGE_MAX - 150;

/** Safari ends a composition just before the key event that ended it. */
const SAME_KEY_MS = 30;
const IME_KEY = 229;

export interface ComposerProps {
  id: string;
  onSent: (text: string) => void;
  /** Called on Escape, on Enter without text, and on blur without text. */
  onLeave?: () => void;
}

export function Composer({ id, onSent, onLeave }: ComposerProps) {
  const { chatInput } = useApp();
  const text = useSignal('');
  const area = useRef<HTMLTextAreaElement>(null);
  const composedAt = useRef(Number.NEGATIVE_INFINITY);
  const left = MESSAGE_MAX - text.value.length;

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text.value]);

  function send(): void {
    const said = text.value.trim();
    if (!chatInput.submit(text.value)) {
      onLeave?.();
      return;
    }
    text.value = '';
    onSent(said);
  }

  /** Returns whether the key belongs to an IME composition. */
  function composes(event: KeyboardEvent): boolean {
    return event.isComposing || event.keyCode === IME_KEY || event.timeStamp - composedAt.current < SAME_KEY_MS;
  }

  return (
    <form
      class="composer"
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
        aria-label="Message"
        placeholder="Say something"
        aria-describedby={text.value.length >= COUNT_FROM ? `${id}-left` : undefined}
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
          if (composes(event)) return;
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
      <button type="submit" class="icon-button composer-send" aria-label="Send" aria-disabled={text.value.trim() === ''}>
        <Icon name="send" />
      </button>
    </form>
  );
}
