/** The chat panel. It never takes the focus; new entries are announced politely. */
import { useSignal } from '@preact/signals';
import { Fragment, type RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Entry } from '../chat/chat-store';
import { ChatEntry } from './chat-entry';
import { Composer } from './composer';
import { useApp } from './context';
import { Icon } from './icons';
import { lazyComponent } from './lazy';
import { createScrollAnchor } from './scroll-anchor';

const NEAR_END_PX = 60;

export interface ChatExtrasProps {
  log: RefObject<HTMLDivElement | null>;
  shown: boolean;
}

const ChatExtras = lazyComponent<ChatExtrasProps>(async () => (await import('./chat-extras')).ChatExtras);

export function ChatPanel({ shown }: { shown: boolean }) {
  const { chat, room } = useApp();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const anchor = useMemo(createScrollAnchor, []);
  const away = useSignal(false);
  const entries = chat.entries.value;

  /** Shows what was shown before the log or its entries changed. */
  function settle(): void {
    const element = log.current;
    if (element === null) return;
    if (atEnd.current) element.scrollTop = element.scrollHeight;
    else anchor.restore(element);
    anchor.remember(element);
  }

  useLayoutEffect(() => {
    if (shown) settle();
  }, [entries, shown]);

  useEffect(() => {
    const watch = () => chat.setWatching(shown && atEnd.current && !document.hidden);
    watch();
    document.addEventListener('visibilitychange', watch);
    return () => document.removeEventListener('visibilitychange', watch);
  }, [shown, chat]);

  useEffect(() => {
    const element = log.current;
    if (element === null) return;
    // The on-screen keyboard shrinks the log; a log at its end stays there.
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  function scrolled(): void {
    const element = log.current;
    if (element === null || !shown) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    away.value = !atEnd.current;
    anchor.remember(element);
    chat.setWatching(atEnd.current && !document.hidden);
  }

  function toEnd(): void {
    const element = log.current;
    if (element === null) return;
    atEnd.current = true;
    element.scrollTop = element.scrollHeight;
    scrolled();
  }

  const me = room.meId.value;
  const newFrom = chat.newFrom.value;
  const unread = chat.unread.value;
  return (
    <section class="chat" id="panel-chat" role="tabpanel" aria-labelledby="tab-chat" hidden={!shown}>
      <div class="chat-view">
        <div
          class="chat-log"
          ref={log}
          role="log"
          aria-live={chat.quiet.value ? 'off' : 'polite'}
          aria-relevant="additions"
          aria-label="Chat"
          aria-description="Arrow up and down go from message to message, left and right to what is in one. Enter shows what to do with it."
          tabIndex={0}
          onScroll={scrolled}
        >
          {entries.length === 0 && <p class="chat-empty">Nobody has said anything yet. Somebody has to be first.</p>}
          {entries.map((entry, index) => (
            <Fragment key={entry.key}>
              {entry.key === newFrom && <p class="chat-new">New messages</p>}
              <ChatEntry
                entry={entry}
                first={entry.key === newFrom || authorOf(entries[index - 1], me) !== authorOf(entry, me)}
              />
            </Fragment>
          ))}
        </div>
        <ChatExtras log={log} shown={shown} />
        {away.value && (
          <button type="button" class="chat-jump" onClick={toEnd}>
            {unread > 0 ? (unread === 1 ? '1 new message' : `${unread} new messages`) : 'To the newest'}
            <Icon name="down" />
          </button>
        )}
      </div>
      <p class="chat-typing" data-shown={chat.typingText.value !== ''} aria-live="off">
        {chat.typingText.value !== '' && (
          <>
            <span>{chat.typingText.value}</span>
            <i aria-hidden="true" />
          </>
        )}
      </p>
      <Composer id="chat-input" onSent={toEnd} extended />
    </section>
  );
}

function authorOf(entry: Entry | undefined, me: string | null): string | null {
  if (entry?.kind === 'message') return entry.message.userId;
  return entry?.kind === 'pending' ? me : null;
}
