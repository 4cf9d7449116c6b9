/** Loads the code of voice when it is opened, and joins again by itself after a refresh. */
import { type ReadonlySignal, effect, untracked } from '@preact/signals';
import type { SiteStorage } from '../net/base-path';
import type { Ack } from '../protocol/messages';
import type { RoomStore } from '../room/room-store';
import { loadOnDemand } from './load-once';
import type { PlayerHost } from './player-host';

export interface VoiceLinkPorts {
  room: RoomStore;
  playerHost: Pick<PlayerHost, 'setDucking'>;
  connection: ReadonlySignal<string>;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  now(): number;
  after(ms: number, run: () => void): () => void;
  /** Keeps for this tab whether voice is on. */
  remember(on: boolean): void;
  onSpeaking(userId: string | null, on: boolean): void;
}

const KEY = 'wnc.voice';

export function createVoiceLink(storage: SiteStorage, parts: () => Omit<VoiceLinkPorts, 'remember' | 'onSpeaking'>) {
  const { loaded, load } = loadOnDemand(async () => {
    const { createVoice } = await import('../voice/voice');
    const { room } = parts();
    return createVoice({ ...parts(), remember, onSpeaking: (id, on) => id !== null && room.setSpeaking(id, on) });
  });

  function remember(on: boolean): void {
    try {
      if (on) storage.setItem(KEY, parts().room.roomId.peek() ?? '');
      else storage.removeItem(KEY);
    } catch {
      // storage refused: nothing is joined again
    }
  }

  function wasOn(roomId: string): boolean {
    try {
      return storage.getItem(KEY) === roomId;
    } catch {
      return false;
    }
  }

  /** After a refresh: voice goes on where it was, and the place of a page that is gone is given up. */
  function onEntered(roomId: string): void {
    const { room, request } = parts();
    if (loaded.peek() !== null && loaded.peek()?.phase.peek() !== 'off') return;
    const place = room.voice.peek()?.speakers.find(({ userId }) => userId === room.meId.peek());
    if (wasOn(roomId) && room.voice.peek() !== null) {
      load().then(
        (voice) => voice.join(place?.muted ?? false),
        () => undefined,
      );
    } else if (place !== undefined) {
      void request('voice-leave', {});
    }
  }

  return {
    loaded,
    load,
    /** Follows the room that this page is in. */
    follow(): void {
      effect(() => {
        const roomId = parts().room.roomId.value;
        if (roomId !== null) untracked(() => onEntered(roomId));
      });
    },
    receive: (from: string, data: unknown) => loaded.peek()?.receive(from, data),
  };
}

export type VoiceLink = ReturnType<typeof createVoiceLink>;
