/** What keys, a mouse and fingers do in the chat's log. */
import { type RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

export interface LogGestures {
  /** A message under the mouse, or with the keyboard's focus; null when there is none any more. */
  onPoint(message: HTMLElement | null): void;
  /** A message whose actions are wanted. */
  onMenu(message: HTMLElement): void;
  onReact(messageId: string, emoji: string, on: boolean): void;
  onQuote(messageId: string): void;
  onFilmMoment(position: number): void;
  /** The log is near its first entry. */
  onTop(): void;
}

/** Distance from the first entry at which older ones are asked for. */
const NEAR_TOP_PX = 400;

const messageOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('.message[data-message]') : null;

/** Moves the focus between messages; returns whether the key does so. */
function moveBetween(log: HTMLElement, key: string, gestures: LogGestures): boolean {
  const messages = [...log.querySelectorAll<HTMLElement>('.message')];
  const at = messages.findIndex((message) => message.contains(document.activeElement));
  const last = messages.length - 1;
  const next = { ArrowDown: at < 0 ? last : at + 1, ArrowUp: at < 0 ? last : at - 1, Home: 0, End: last }[key];
  if (next === undefined || last < 0) return false;
  if (next < 0) gestures.onTop();
  messages[Math.min(Math.max(next, 0), last)]!.focus();
  return true;
}

/** Moves the focus through a message and what can be pressed in it. */
function moveWithin(message: HTMLElement, by: number): void {
  const stops = [message, ...message.querySelectorAll<HTMLElement>('button, a')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[(at + by + stops.length) % stops.length]!.focus();
}

function onKey(event: KeyboardEvent, log: HTMLElement, gestures: LogGestures): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const message = messageOf(event.target);
  const { key } = event;
  if (message !== null && (key === 'ContextMenu' || (key === 'F10' && event.shiftKey))) gestures.onMenu(message);
  else if (message !== null && key === 'Enter' && event.target === message) gestures.onMenu(message);
  else if (message !== null && (key === 'ArrowRight' || key === 'ArrowLeft')) moveWithin(message, key === 'ArrowRight' ? 1 : -1);
  else if (key === 'Escape' && message !== null) (event.target === message ? log : message).focus({ preventScroll: true });
  else if (!moveBetween(log, key, gestures)) return;
  event.preventDefault();
  event.stopPropagation();
}

function onClick(event: MouseEvent, gestures: LogGestures): void {
  const message = messageOf(event.target);
  const id = message?.dataset['message'];
  if (message === null || id === undefined) return;
  const pressed = (event.target as Element).closest<HTMLElement>('button, a');
  if (pressed === null) {
    if ((event as PointerEvent).pointerType === 'touch') gestures.onMenu(message);
    return;
  }
  const { emoji, quote, at } = pressed.dataset;
  if (emoji !== undefined) gestures.onReact(id, emoji, pressed.getAttribute('aria-pressed') !== 'true');
  if (quote !== undefined) gestures.onQuote(quote);
  if (at !== undefined) gestures.onFilmMoment(Number(at));
}

export function useLogGestures(ref: RefObject<HTMLDivElement | null>, gestures: LogGestures): void {
  useEffect(() => {
    const log = ref.current;
    if (log === null) return undefined;
    const ended = new AbortController();
    const on = <K extends keyof HTMLElementEventMap>(name: K, run: (event: HTMLElementEventMap[K]) => void) =>
      log.addEventListener(name, run, { signal: ended.signal });
    const scrolled = () => {
      gestures.onPoint(null);
      if (log.scrollTop < NEAR_TOP_PX) gestures.onTop();
    };
    on('keydown', (event) => onKey(event, log, gestures));
    on('click', (event) => onClick(event, gestures));
    on('scroll', scrolled);
    on('pointermove', (event) => {
      if (event.pointerType === 'mouse') gestures.onPoint(messageOf(event.target));
    });
    on('pointerleave', (event) => {
      const to = event.relatedTarget instanceof Element ? event.relatedTarget.closest('.message-tools') : null;
      if (to === null) gestures.onPoint(null);
    });
    on('focusin', (event) => {
      const message = messageOf(event.target);
      if (message?.matches(':focus-visible') === true) gestures.onPoint(message);
    });
    on('focusout', () => gestures.onPoint(null));
    // A long press on a phone; a mouse keeps the browser's menu, and keys have come as such already.
    on('contextmenu', (event) => {
      const message = messageOf(event.target);
      if (message === null || (event as PointerEvent).pointerType !== 'touch') return;
      if ((event.target as Element).closest('a') !== null) return;
      event.preventDefault();
      gestures.onMenu(message);
    });
    return () => ended.abort();
  }, [ref, gestures]);
}
