/** Where messages are written. Enter sends, Shift+Enter makes a new line. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { MESSAGE_MAX } from '../protocol/rules';
import { useApp } from './context';
import { Icon } from './icons';

const COUNT_FROM = MESSAGE_MAX - 150;

export function Composer({ onSent }: { onSent: () => void }) {
  const { talk } = useApp();
  const text = useSignal('');
  const area = useRef<HTMLTextAreaElement>(null);
  const left = MESSAGE_MAX - text.value.length;

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text.value]);

  function send(): void {
    if (!talk.say(text.value)) return;
    text.value = '';
    onSent();
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
        id="chat-input"
        rows={1}
        value={text.value}
        maxLength={MESSAGE_MAX}
        aria-label="Message"
        placeholder="Say something"
        aria-describedby={text.value.length >= COUNT_FROM ? 'chat-left' : undefined}
        enterkeyhint="send"
        onInput={(event) => {
          text.value = event.currentTarget.value;
          talk.typed(text.value.trim() === '');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      {text.value.length >= COUNT_FROM && (
        <span class="composer-left" id="chat-left" data-full={left === 0}>
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
