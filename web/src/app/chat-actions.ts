/** What a viewer does with the messages of others and their own: reactions, edits, deletions, reading back. */
import { signal } from '@preact/signals';
import type { ChatStore } from '../chat/chat-store';
import { changeMessages, messageIds } from '../chat/chat-entries';
import { type ChatMessage, messagesAnswer } from '../protocol/chat';
import type { Ack } from '../protocol/messages';
import type { RoomStore } from '../room/room-store';
import { siteStorage } from '../net/base-path';
import { createAlertSettings, startAlerts } from './chat-alerts';
import { createArrivalSummary } from './chat-arrivals';
import type { RoomControls } from './room-controls';
import type { RoomMentions } from './room-mentions';
import type { Toasts } from './toasts';

export interface ChatActionsPorts {
  room: RoomStore;
  chat: ChatStore;
  mentions: RoomMentions;
  toasts: Toasts;
  controls: Pick<RoomControls, 'seek' | 'checkReachable' | 'showRejection'>;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

const PAGE = 50;
/** The largest page that the server gives. */
const PAGE_MAX = 100;
/** Pause after an answer that could not be used, because each movement of a scroll asks again. */
const PAUSE_MS = 2000;
const NO_LONGER_HERE = 'That message is no longer here.';

export function createChatActions(ports: ChatActionsPorts) {
  const { room, chat, toasts, controls, request, now, after } = ports;
  /** Whether older messages are being loaded. */
  const loadingOlder = signal(false);
  /** The message whose deletion is being asked about. */
  const deleting = signal<ChatMessage | null>(null);
  let pausedUntil = Number.NEGATIVE_INFINITY;
  const alerts = createAlertSettings(siteStorage(localStorage));
  startAlerts({ ...ports, settings: alerts });

  async function perform(name: string, payload: Record<string, unknown>): Promise<boolean> {
    if (!controls.checkReachable()) return false;
    const ack = await request(name, payload);
    controls.showRejection(ack);
    return ack.ok;
  }

  async function askForOlder(limit: number): Promise<boolean> {
    const before = messageIds(chat.entries.peek())[0];
    const ack = await request('get-messages', before === undefined ? { limit } : { before, limit });
    if (!ack.ok && ack.code === 'message_not_found') {
      // What was read here is no longer kept: begin again from the newest.
      const newest = await request('get-messages', { limit });
      if (!newest.ok) return false;
      const { messages, more } = messagesAnswer(newest, 'get-messages');
      chat.mergeHistory(messages, false, room.meId.peek(), more);
      return true;
    }
    if (!ack.ok) return false;
    const { messages, more } = messagesAnswer(ack, 'get-messages');
    chat.prepend(messages, more);
    return true;
  }

  /** Loads a page before the first message; returns whether there was one. */
  async function loadOlder(limit = PAGE): Promise<boolean> {
    if (loadingOlder.peek() || !chat.hasOlder.peek() || now() < pausedUntil) return false;
    const inRoom = room.roomId.peek();
    loadingOlder.value = true;
    let loaded = false;
    try {
      loaded = await askForOlder(limit);
    } catch (problem) {
      console.warn('The answer to get-messages cannot be read', problem);
    }
    loadingOlder.value = false;
    if (!loaded) pausedUntil = now() + PAUSE_MS;
    return loaded && inRoom === room.roomId.peek();
  }

  /** Loads all messages that the server keeps. */
  async function loadAll(): Promise<void> {
    while (await loadOlder(PAGE_MAX));
  }

  /** Remembers an own reaction, because the event does not name all members where many have reacted. */
  function markMine(messageId: string, emoji: string, on: boolean): void {
    chat.entries.value = changeMessages(chat.entries.peek(), (message) => {
      if (message.id !== messageId) return message;
      const others = (message.mine ?? []).filter((one) => one !== emoji);
      return { ...message, mine: on ? [...others, emoji] : others };
    });
  }

  const has = (messageId: string) => messageIds(chat.entries.peek()).includes(messageId);

  return {
    loadingOlder,
    deleting,
    loadOlder,
    loadAll,
    alerts,
    arrivals: createArrivalSummary({ chat, now, after }),
    /** Loads older messages until that one is here; returns whether it is. */
    async find(messageId: string): Promise<boolean> {
      while (!has(messageId) && (await loadOlder(PAGE_MAX)));
      if (!has(messageId)) toasts.show(NO_LONGER_HERE);
      return has(messageId);
    },
    async react(messageId: string, emoji: string, on: boolean): Promise<boolean> {
      const done = await perform('react', { messageId, emoji, on });
      if (done) markMine(messageId, emoji, on);
      return done;
    },
    edit: (messageId: string, message: string) => perform('edit-message', { messageId, message }),
    remove: (messageId: string) => perform('delete-message', { messageId }),
    /** Moves the film to where it was when a message was written; it is taken back like every other jump. */
    jumpTo: (position: number) => controls.seek(position),
  };
}

export type ChatActions = ReturnType<typeof createChatActions>;
