/** Whether this viewer may write in the chat now: muted, hosts only, slow mode. */
import { computed, effect, untracked } from '@preact/signals';
import type { RoomStore } from '../room/room-store';
import { createCountdown } from './countdown';

export type ChatPermission =
  | { kind: 'open' }
  | { kind: 'muted' }
  | { kind: 'hosts-only' }
  /** Slow mode: the next message may be sent after these seconds. */
  | { kind: 'slow'; secondsLeft: number };

export interface ChatPermissionPorts {
  room: Pick<RoomStore, 'me' | 'isHost' | 'settings'>;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export function createChatPermission({ room, now, after }: ChatPermissionPorts) {
  const slow = createCountdown(now, after);
  const slowModeMs = computed(() => room.settings.value.slowModeMs);
  /** When the last message under slow mode was sent; null when there is none, or when this is unknown. */
  let sentAt: number | null = null;

  function countFrom(at: number): void {
    sentAt = at;
    slow.start(at + slowModeMs.peek() - now());
  }

  // The server counts from the last message with the slow mode of now, so a change of it counts for that message too.
  effect(() => {
    void slowModeMs.value;
    untracked(() => {
      if (sentAt !== null) countFrom(sentAt);
    });
  });

  const permission = computed((): ChatPermission => {
    if (room.me.value?.muted === true) return { kind: 'muted' };
    if (room.isHost.value) return { kind: 'open' };
    if (room.settings.value.chat === 'hosts') return { kind: 'hosts-only' };
    const secondsLeft = slowModeMs.value > 0 ? slow.secondsLeft.value : 0;
    return secondsLeft > 0 ? { kind: 'slow', secondsLeft } : { kind: 'open' };
  });
  return {
    permission,
    /** Called when a message has been sent: slow mode begins. */
    onSent(): void {
      if (slowModeMs.peek() > 0 && !room.isHost.peek()) countFrom(now());
    },
    /** Called when the server asks to wait. */
    onWait(ms: number): void {
      if (slowModeMs.peek() > 0) countFrom(now() + ms - slowModeMs.peek());
      else slow.start(ms);
    },
    reset(): void {
      sentAt = null;
      slow.stop();
    },
  };
}

export type ChatPermissionState = ReturnType<typeof createChatPermission>;

/** Returns why the viewer cannot write; null when nothing prevents it for long. */
export function chatClosedText({ kind }: ChatPermission): string | null {
  if (kind === 'muted') return 'A host has muted you.';
  return kind === 'hosts-only' ? 'Only hosts can write now.' : null;
}
