/** The chat panel. It never takes the focus; new entries are announced politely. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Entry } from '../chat/chat-store';
import { splitLinks } from '../chat/message-links';
import { timeOfDay } from '../room/format';
import { Composer } from './composer';
import { useApp } from './context';
import { Icon } from './icons';

const NEAR_END_PX = 60;

export function ChatPanel({ shown }: { shown: boolean }) {
  const { chat } = useApp();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const away = useSignal(false);
  const entries = chat.entries.value;

  useLayoutEffect(() => {
    const element = log.current;
    if (element !== null && atEnd.current && shown) element.scrollTop = element.scrollHeight;
  }, [entries, shown]);

  useEffect(() => {
    chat.setWatching(shown && atEnd.current);
  }, [shown, chat]);

  useEffect(() => {
    const element = log.current;
    if (element === null) return;
    // The on-screen keyboard shrinks the log; a log at its end stays there.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  function scrolled(): void {
    const element = log.current;
    if (element === null || !shown) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    away.value = !atEnd.current;
    chat.setWatching(atEnd.current);
  }

  function toEnd(): void {
    const element = log.current;
    if (element === null) return;
    atEnd.current = true;
    element.scrollTop = element.scrollHeight;
    scrolled();
  }

  const unread = chat.unread.value;
  return (
    <section class="chat" id="panel-chat" role="tabpanel" aria-labelledby="tab-chat" hidden={!shown}>
      <div class="chat-log" ref={log} role="log" aria-live="polite" aria-label="Chat" tabIndex={0} onScroll={scrolled}>
        {entries.length === 0 && <p class="chat-empty">Nobody has said anything yet. Somebody has to be first.</p>}
        {entries.map((entry, index) => (
          <ChatEntry key={entry.key} entry={entry} before={entries[index - 1]} />
        ))}
      </div>
      {away.value && unread > 0 && (
        <button type="button" class="chat-jump" onClick={toEnd}>
          {unread === 1 ? '1 new message' : `${unread} new messages`}
          <Icon name="down" />
        </button>
      )}
      <p class="chat-typing" data-shown={chat.typingText.value !== ''} aria-live="off">
        {chat.typingText.value !== '' && (
          <>
            <span>{chat.typingText.value}</span>
            <i aria-hidden="true" />
          </>
        )}
      </p>
      <Composer id="chat-input" onSent={toEnd} />
    </section>
  );
}

function authorOf(entry: Entry | undefined, me: string | null): string | null {
  if (entry?.kind === 'message') return entry.message.userId;
  return entry?.kind === 'pending' ? me : null;
}

function ChatEntry({ entry, before }: { entry: Entry; before: Entry | undefined }) {
  const { room, chatInput } = useApp();
  const me = room.meId.value;
  if (entry.kind === 'notice') return <p class="chat-notice">{entry.text}</p>;
  const author = authorOf(entry, me);
  const mine = author === me;
  const first = authorOf(before, me) !== author;
  const pending = entry.kind === 'pending' ? entry : null;
  const text = entry.kind === 'message' ? entry.message.message : entry.text;
  const name = entry.kind === 'message' ? entry.message.userName : 'You';
  return (
    <div class="message" data-mine={mine} data-first={first} data-state={pending?.state ?? 'sent'}>
      <p class="message-head" data-folded={!first}>
        <b>{mine ? 'You' : <bdi>{name}</bdi>}</b>
        {entry.kind === 'message' && <time dateTime={entry.message.timestamp}>{timeOfDay(entry.message.timestamp)}</time>}
      </p>
      <p class="message-text">
        {splitLinks(text).map((piece, index) =>
          piece.kind === 'link' ? (
            <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {piece.text}
            </a>
          ) : (
            piece.text
          ),
        )}
      </p>
      {pending?.state === 'slow' && <p class="message-note">Sending…</p>}
      {pending?.state === 'waiting' && <p class="message-note">Not sent yet – trying again</p>}
      {pending?.state === 'failed' && (
        <p class="message-failed" role="alert">
          Not sent: {pending.problem}{' '}
          <button type="button" class="text-button" onClick={() => chatInput.retry(entry.key)}>
            Try again
          </button>{' '}
          <button type="button" class="text-button" onClick={() => chatInput.discard(entry.key)}>
            Discard
          </button>
        </p>
      )}
    </div>
  );
}
