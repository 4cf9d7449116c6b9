/**
 * One entry of the chat's log. It is drawn again when its own properties change only, so the log stays fluent. What
 * happens on a press of its buttons is decided in ./chat-extras, which finds them by their data attributes.
 */
import { untracked } from '@preact/signals';
import type { App } from '../app/app';
import type { Entry, Pending } from '../chat/chat-store';
import { isMine } from '../chat/chat-entries';
import { mentionsMe, plainText } from '../chat/message-marks';
import type { ChatMessage, Quote, Reaction } from '../protocol/chat';
import { clockText, listNames, timeOfDay } from '../room/format';
import { ChatText } from './chat-text';
import { useApp } from './context';
import { Drawing } from './icons';

export const REPLY_PATH = 'M9.5 6 4 11.5 9.5 17M4 11.5h9a7 7 0 0 1 7 7';

export function ChatEntry({ entry, first }: { entry: Entry; first: boolean }) {
  const { room, mentions } = useApp();
  const me = room.meId.value;
  if (entry.kind === 'notice') return <p class="chat-notice">{entry.text}</p>;
  const message = entry.kind === 'message' ? entry.message : null;
  const pending = entry.kind === 'pending' ? entry : null;
  const mine = message === null || message.userId === me;
  const text = message?.message ?? pending?.text ?? '';
  const quote = entry.kind === 'message' ? entry.message.replyTo : entry.replyTo;
  const id = `chat-${entry.key}`;
  return (
    <div
      class="message"
      role="article"
      aria-labelledby={`${id}-head ${id}-text`}
      tabIndex={-1}
      data-message={message?.id}
      data-mine={mine}
      data-first={first}
      data-state={pending?.state ?? 'sent'}
      data-mentioned={!mine && text.includes('@') && mentionsMe(text, mentions.names.value)}
    >
      <p class="message-head" id={`${id}-head`} data-folded={!first}>
        <b>{mine ? 'You' : <bdi>{message.userName}</bdi>}</b>
        {message !== null && <time dateTime={message.timestamp}>{timeOfDay(message.timestamp)}</time>}
      </p>
      {quote !== undefined && quote !== null && <QuoteLine quote={quote} />}
      <div class="message-line">
        <p class="message-text" id={`${id}-text`} dir="auto">
          {message?.deleted === true ? <i class="message-gone">Message deleted</i> : <ChatText text={text} />}
          {message?.editedAt !== undefined && <small class="message-edited"> (edited)</small>}
        </p>
        {message?.at !== undefined && <FilmMoment at={message.at} />}
      </div>
      {message?.reactions !== undefined && message.reactions.length > 0 && (
        <Reactions message={message} reactions={message.reactions} me={me} />
      )}
      {pending !== null && <PendingNote pending={pending} />}
    </div>
  );
}

function QuoteLine({ quote }: { quote: Quote }) {
  const { userName, message, deleted } = quote;
  const known = userName !== undefined;
  const text = deleted === true ? 'Message deleted' : known ? plainText(message ?? '') : 'An older message';
  return (
    <button
      type="button"
      class="message-quote"
      tabIndex={-1}
      data-quote={known && deleted !== true ? quote.messageId : undefined}
      aria-disabled={!known || deleted === true}
    >
      <Drawing path={REPLY_PATH} />
      <span class="visually-hidden">In reply to </span>
      {known && <bdi>{userName}</bdi>}
      <span class="message-quoted" dir="auto">
        {text}
      </span>
    </button>
  );
}

/** Returns whether the film of a message is on. The server names one with a very long link by its place in the queue. */
export function isFilmOf({ item, videoUrl }: NonNullable<ChatMessage['at']>, { room, queue }: App): boolean {
  if (videoUrl !== null) return room.film.value?.url === videoUrl;
  return item !== null && queue.loaded.value?.state.value.current?.itemId === item;
}

/** When in the film a message was written, while that film is on. */
function FilmMoment({ at }: { at: NonNullable<ChatMessage['at']> }) {
  const app = useApp();
  const { room } = app;
  if (!isFilmOf(at, app)) return null;
  const time = clockText(at.position);
  if (!room.mayControl.value) {
    return (
      <span class="message-at">
        <span class="visually-hidden">at </span>
        {time}
      </span>
    );
  }
  const label = `Move the film to ${time}`;
  return (
    <button type="button" class="message-at" tabIndex={-1} data-at={at.position} aria-label={label} title={label}>
      {time}
    </button>
  );
}

interface ReactionsProps {
  message: ChatMessage;
  reactions: readonly Reaction[];
  me: string | null;
}

function Reactions({ message, reactions, me }: ReactionsProps) {
  const { room } = useApp();
  // Names are those of now: an entry is not drawn again because somebody comes or goes.
  const nameOf = (id: string) => (id === me ? 'You' : untracked(() => room.nameOf(id)));
  return (
    <div class="reactions" role="group" aria-label="Reactions">
      {reactions.map((reaction) => {
        const { emoji, count, userIds } = reaction;
        const mine = isMine(message, reaction, me);
        const names = userIds.map(nameOf).filter((name) => name !== null);
        if (mine && !names.includes('You')) names.unshift('You');
        const others = count - names.length;
        if (others > 0) names.push(names.length === 0 ? `${others} people` : `${others} more`);
        const people = listNames(names);
        return (
          <button
            key={emoji}
            type="button"
            class="reaction"
            tabIndex={-1}
            data-emoji={emoji}
            aria-pressed={mine}
            aria-label={`${emoji} ${count}, ${people}`}
            title={people}
          >
            <span aria-hidden="true">{emoji}</span>
            <span aria-hidden="true">{count}</span>
          </button>
        );
      })}
    </div>
  );
}

function PendingNote({ pending }: { pending: Pending }) {
  const { chatInput } = useApp();
  if (pending.state === 'slow') return <p class="message-note">Sending…</p>;
  if (pending.state === 'waiting') return <p class="message-note">Not sent yet – trying again</p>;
  if (pending.state !== 'failed') return null;
  return (
    <p class="message-failed" role="alert">
      Not sent: {pending.problem}{' '}
      <button type="button" class="text-button" onClick={() => chatInput.retry(pending.key)}>
        Try again
      </button>{' '}
      <button type="button" class="text-button" onClick={() => chatInput.discard(pending.key)}>
        Discard
      </button>
    </p>
  );
}
