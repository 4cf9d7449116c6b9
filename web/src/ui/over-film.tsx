/** The layer over the picture: reactions that float up, messages, and the field to write one. Loaded in the room. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { OverFilmMessage } from '../app/film-messages';
import { FLOAT_MS, type FilmReactions } from '../app/film-reactions';
import type { OverFilm as OverFilmState } from '../app/over-film';
import type { Entry } from '../chat/chat-store';
import '../styles/over-film.css';
import { ChatText } from './chat-text';
import { useApp } from './context';
import { FullscreenChat } from './fullscreen-chat';
import { type Span, freeSpan } from './over-film-place';

export interface OverFilmProps {
  /** Whether the chat is out of sight, so that new messages are shown here. */
  chatOver: boolean;
  /** Whether the message field is open. */
  writing: boolean;
  onWrite: (on: boolean) => void;
}

export function OverFilm(props: OverFilmProps) {
  const { overFilm } = useApp();
  useEffect(() => {
    // Without it there is the chat; the next reaction tries again.
    overFilm.load().catch(() => undefined);
  }, []);
  const state = overFilm.loaded.value;
  return (
    <>
      {state !== null && <Reactions reactions={state.reactions} />}
      <Column {...props} state={state} />
    </>
  );
}

function Reactions({ reactions }: { reactions: FilmReactions }) {
  const { room } = useApp();
  if (!reactions.setting.on.value) return null;
  const still = reactions.still.value;
  const named = room.largeRoomCount.value === null;
  return (
    <>
      <div class="reactions-over" aria-hidden="true">
        {reactions.floating.value.map(({ key, emoji, name, left, delayMs }) => (
          <span
            class="floating"
            key={key}
            style={{ '--left': left, animationDelay: `${delayMs}ms`, animationDuration: `${FLOAT_MS}ms` }}
          >
            <span class="floating-emoji">{emoji}</span>
            {named && name !== null && <small>{name}</small>}
          </span>
        ))}
        <p class="reactions-still" data-shown={still.length > 0}>
          {still.map(({ emoji, count }) => (
            <span key={emoji}>
              {emoji} {count}
            </span>
          ))}
        </p>
      </div>
      <p class="visually-hidden" role="status">
        {reactions.summary.value}
      </p>
    </>
  );
}

/** The least height that is worth a message, px. */
const LEAST_PX = 90;
/** Below messages of the room, such as a lost connection. */
const TOP_PX = 40;
const EDGE_PX = 12;

function Column({ chatOver, writing, onWrite, state }: OverFilmProps & { state: OverFilmState | null }) {
  const { chat, subtitles, controlsAutohide } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  const span = useSignal<Span>({ from: TOP_PX, to: TOP_PX });
  const list = (state?.messages.shown.value ?? []).filter((one) => one.replayed || chatOver);
  const entries = chat.entries.value;
  const shown = list.flatMap((one) => {
    const entry = entries.find((candidate) => candidate.key === one.key);
    return entry === undefined || textOf(entry) === null ? [] : [{ ...one, entry }];
  });
  const used = writing || shown.length > 0;
  const cues = subtitles.value?.shown.value;
  const barHidden = controlsAutohide.hidden.value;

  useLayoutEffect(() => {
    const element = frame.current;
    const screen = element?.parentElement;
    if (!used || element === null || !screen) return undefined;
    const measure = () => (span.value = placeFor(element, screen));
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(screen);
    return () => sizes.disconnect();
  }, [used, writing, cues, barHidden, chatOver]);

  useLayoutEffect(() => markInPanel(shown), [shown.map(({ key }) => key).join(' ')]);

  return (
    <div
      class="over-film"
      ref={frame}
      style={{ top: `${span.value.from}px`, maxHeight: `${Math.max(0, span.value.to - span.value.from)}px` }}
    >
      {chatOver && <FullscreenChat open={writing} onOpen={onWrite} shown={state?.settings.messages.on.value === true} />}
      {/* The chat's log has them for screen readers, and shows what a spoiler hides. */}
      <div class="over-film-messages" aria-hidden="true" inert>
        {shown.map(({ key, replayed, entry }) => (
          <OverFilmEntry key={key} entry={entry} replayed={replayed} />
        ))}
      </div>
    </div>
  );
}

function textOf(entry: Entry): string | null {
  if (entry.kind === 'pending') return entry.text;
  return entry.kind === 'message' && entry.message.deleted !== true ? entry.message.message : null;
}

function OverFilmEntry({ entry, replayed }: { entry: Entry; replayed: boolean }) {
  const { room } = useApp();
  const mine = entry.kind !== 'message' || entry.message.userId === room.meId.value;
  return (
    <p class="over-film-message" data-replayed={replayed} dir="auto">
      <span class="over-film-text">
        <b>{mine ? 'You' : <bdi>{entry.message.userName}</bdi>}</b> <ChatText text={textOf(entry) ?? ''} />
        {entry.kind === 'pending' && entry.state === 'failed' && <i> Not sent: {entry.problem}</i>}
      </span>
    </p>
  );
}

/** Returns the part of the picture's height that neither subtitles nor the bar take. */
function placeFor(element: HTMLElement, screen: HTMLElement): Span {
  const picture = screen.getBoundingClientRect();
  const column = element.getBoundingClientRect();
  const taken = [...screen.querySelectorAll('.subtitle-text')]
    .map((text) => text.getBoundingClientRect())
    .filter((box) => box.height > 0 && box.left < column.right && box.right > column.left)
    .map((box) => ({ from: box.top - picture.top - EDGE_PX, to: box.bottom - picture.top + EDGE_PX }));
  const bar = screen.parentElement?.querySelector('.bar')?.firstElementChild?.getBoundingClientRect().top ?? picture.bottom;
  const to = Math.min(picture.height, bar - picture.top) - EDGE_PX;
  return freeSpan(taken, { from: TOP_PX, to }, LEAST_PX);
}

/** Marks the messages in the chat whose place in the film it is; returns what ends that. */
function markInPanel(shown: readonly OverFilmMessage[]): () => void {
  const marked = shown
    .filter((one) => one.replayed)
    .flatMap(({ key }) => document.querySelector<HTMLElement>(`#panel-chat [data-message="${CSS.escape(key)}"]`) ?? []);
  for (const element of marked) element.dataset['now'] = 'true';
  return () => {
    for (const element of marked) delete element.dataset['now'];
  };
}
