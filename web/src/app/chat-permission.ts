/** Whether this viewer may write in the chat now: muted, hosts only, slow mode. */
import { computed } from '@preact/signals';
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
  const permission = computed((): ChatPermission => {
    if (room.me.value?.muted === true) return { kind: 'muted' };
    if (room.isHost.value) return { kind: 'open' };
    if (room.settings.value.chat === 'hosts') return { kind: 'hosts-only' };
    const secondsLeft = room.settings.value.slowModeMs > 0 ? slow.secondsLeft.value : 0;
    return secondsLeft > 0 ? { kind: 'slow', secondsLeft } : { kind: 'open' };
  });
  return {
    permission,
    /** Called when a message has been sent: slow mode begins. */
    onSent(): void {
      const { slowModeMs } = room.settings.peek();
      if (slowModeMs > 0 && !room.isHost.peek()) slow.start(slowModeMs);
    },
    /** Called when the server asks to wait. */
    onWait: (ms: number) => slow.start(ms),
    reset: () => slow.stop(),
  };
}

export type ChatPermissionState = ReturnType<typeof createChatPermission>;

/** Returns why the viewer cannot write; null when nothing prevents it for long. */
export function chatClosedText({ kind }: ChatPermission): string | null {
  if (kind === 'muted') return 'A host has muted you. You can read along.';
  return kind === 'hosts-only' ? 'Only hosts can write here right now.' : null;
}
