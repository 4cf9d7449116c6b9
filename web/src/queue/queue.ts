/**
 * The queue of the room: its state, its commands, and what happens at the end of a film. Loaded after the room has been
 * entered (app/queue-link.ts).
 */
import { computed, effect, signal, untracked } from '@preact/signals';
import type { PlayerHost } from '../app/player-host';
import type { RoomControls } from '../app/room-controls';
import type { Toasts } from '../app/toasts';
import { createUndoCountdown } from '../app/undo-jump';
import type { ChatStore } from '../chat/chat-store';
import type { Ack } from '../protocol/messages';
import { Mismatch } from '../protocol/check';
import { type QueueChange, type QueueItem, type QueueState, queueChange, queueState } from '../protocol/queue';
import type { RoomStore } from '../room/room-store';
import { createFilmEnd, secondsLeft } from './film-end';
import { WARM_UP_S, createFilmWarmUp } from './film-warm-up';
import { reordered } from './lift';
import { createQueueCommands } from './queue-commands';
import { createQueueNotices } from './queue-notices';
import { createQueuePages } from './queue-pages';
import { EMPTY_QUEUE, type KnownQueue, applyChange, fromSnapshot, isComplete, orderOfPlay, upNext } from './queue-state';

export interface QueuePorts {
  room: RoomStore;
  chat: Pick<ChatStore, 'entries' | 'addNotice'>;
  toasts: Toasts;
  playerHost: PlayerHost;
  controls: RoomControls;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  serverNow(): number | null;
  after(ms: number, run: () => void): () => void;
}

/** What the server says about the queue, not yet checked: its state, null without a queue, or a change of it. */
export type QueueInput = { snapshot: Record<string, unknown> | null } | { change: Record<string, unknown> };

/** How long the beginning of a film is kept when the current one does not end any more. */
const WARM_KEPT_MS = 3000;
/** A player needs a moment to say how long its film is. */
const DESCRIBED_AFTER_MS = 1500;

/** Returns the list with a move that the server has not confirmed yet. */
function moved(list: QueueItem[], moving: { itemId: string; beforeId: string | null } | null): QueueItem[] {
  if (moving === null) return list;
  const from = list.findIndex((item) => item.itemId === moving.itemId);
  const before = moving.beforeId === null ? list.length : list.findIndex((item) => item.itemId === moving.beforeId);
  if (from < 0 || before < 0) return list;
  return reordered(list, from, before > from ? before - 1 : before);
}

export function createQueue({ room, chat, toasts, playerHost, controls, request, serverNow, after }: QueuePorts) {
  const state = signal<KnownQueue>(EMPTY_QUEUE);
  /** The member who made the last change that can be undone, as far as this page has seen it. */
  const undoBy = signal<string | null>(null);
  /** The text of the dialog that adds films; null while it is closed. */
  const adding = signal<string | null>(null);

  const pages = createQueuePages({ state, request });
  const commands = createQueueCommands({
    room,
    toasts,
    state,
    request,
    checkReachable: controls.checkReachable,
    rejectionText: controls.rejectionText,
    after,
  });
  const notices = createQueueNotices({
    nameOf: room.nameOf,
    isMe: (id) => id !== null && id === room.meId.peek(),
  });
  const warmUp = createFilmWarmUp();

  const list = computed(() => moved(orderOfPlay(state.value), commands.moving.value));
  const complete = computed(() => isComplete(state.value));
  const next = computed(() => upNext(state.value));
  const mayAdd = computed(() => room.isHost.value || (room.me.value !== null && room.settings.value.queue === 'everyone'));
  const undoable = createUndoCountdown(
    computed(() => state.value.undoUntil),
    serverNow,
    after,
  );
  const canUndo = computed(() => undoable.value && mayAdd.value && (room.isHost.value || undoBy.value === room.meId.value));
  const playing = computed(() => ({
    timeline: room.timeline.value,
    position: playerHost.position.value,
    duration: room.timeline.value?.duration ?? playerHost.duration.value,
  }));
  const end = createFilmEnd(playing, state);

  function load(snapshot: QueueState | null): void {
    const fresh = snapshot === null || snapshot.current?.itemId !== state.peek().current?.itemId;
    state.value = snapshot === null ? EMPTY_QUEUE : fromSnapshot(snapshot);
    commands.load(snapshot?.voted ?? [], snapshot?.votedSkip ?? false);
    pages.reset();
    undoBy.value = null;
    if (fresh) notices.reset();
    showTitle();
  }

  function apply(change: QueueChange): void {
    const notice = notices.of(state.peek(), change);
    if (notice !== null) {
      chat.addNotice({ topic: 'film', text: notice.text }, notice.instead);
      if (notice.toast === true) toasts.show(notice.text);
    }
    if (change.undoUntil !== undefined) undoBy.value = change.userId ?? null;
    state.value = applyChange(state.peek(), change);
    commands.confirm(change);
    pages.onChange(change);
    if (change.current !== undefined) warmUp.taken();
    showTitle();
  }

  /** The room's film has the title of the current item. */
  function showTitle(): void {
    room.knownTitle.value = state.peek().current?.title ?? null;
  }

  /** Whether this page has switched playing on off for one film. */
  let stayed: string | null = null;

  /** A host: nothing plays by itself after this film. A guest: this page stays with it, and the others go on. */
  async function stayHere(): Promise<void> {
    if (!room.isHost.peek()) {
      playerHost.stay();
      return;
    }
    const { current } = state.peek();
    if (await commands.setMode({ autoplay: false })) stayed = current?.itemId ?? null;
  }

  effect(() => {
    const { current, mode } = state.value;
    untracked(() => {
      if (stayed === null || stayed === current?.itemId) return;
      stayed = null;
      if (!mode.autoplay && room.isHost.peek()) void commands.setMode({ autoplay: true });
    });
  });

  const warmsUp = computed(() => {
    const left = secondsLeft(playing.value);
    return left !== null && left <= WARM_UP_S && state.value.mode.autoplay;
  });
  effect(() => {
    const item = warmsUp.value ? next.value : undefined;
    untracked(() => {
      if (item && item.itemId !== state.peek().current?.itemId) void warmUp.start(item);
    });
    // Its player may take it only after the events about it.
    return warmsUp.value ? undefined : after(WARM_KEPT_MS, () => warmUp.stop());
  });

  // The list names the length of a film that nobody has looked up.
  effect(() => {
    const { current } = state.value;
    const seconds = playerHost.duration.value;
    if (current === null || current.duration > 0 || seconds <= 0) return;
    return after(DESCRIBED_AFTER_MS, () => {
      const mine = room.isHost.peek() || current.userId === room.meId.peek();
      const measured = playerHost.ready.peek() && !playerHost.live.peek() && playerHost.duration.peek() === seconds;
      if (mine && measured && room.film.peek()?.url === current.videoUrl) void commands.describe(current.itemId, seconds);
    });
  });

  return {
    state,
    /** The known items in the order in which they play. */
    list,
    complete,
    next,
    mayAdd,
    canUndo,
    end,
    adding,
    pages,
    commands,
    stayHere,
    mayChange: (item: QueueItem) => room.isHost.value || (mayAdd.value && item.userId === room.meId.value),
    accept(input: QueueInput): void {
      try {
        if ('change' in input) apply(queueChange(input.change, 'queue-changed'));
        else load(input.snapshot === null ? null : queueState(input.snapshot, 'queue'));
      } catch (problem) {
        if (!(problem instanceof Mismatch)) throw problem;
        console.warn(`Ignored a malformed message: ${problem.message}`);
      }
    },
  };
}

export type Queue = ReturnType<typeof createQueue>;
