/** Whether this server has a media library, as a question to it tells: once for each connection. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Ack } from '../protocol/messages';

export interface LibraryPresencePorts {
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
}

export type LibraryPresence = 'unknown' | 'present' | 'absent';

/** Codes that say nothing about the library, but for those that are worth another attempt. */
const UNDECIDED = new Set(['not_host', 'not_authenticated', 'room_not_found']);
const AGAIN_MS = 4000;
const TRIES_MAX = 5;

export function createLibraryPresence({ request, after }: LibraryPresencePorts) {
  const presence = signal<LibraryPresence>('unknown');
  let asking = false;
  let decided = false;
  let tries = 0;

  async function check(): Promise<void> {
    if (asking || decided) return;
    asking = true;
    const ack = await request('get-library', {});
    asking = false;
    if (ack.ok || !(ack.retryable || UNDECIDED.has(ack.code))) {
      presence.value = ack.ok ? 'present' : 'absent';
      decided = true;
    } else if (ack.retryable && ++tries < TRIES_MAX) after(AGAIN_MS, () => void check());
  }

  return {
    presence: presence as ReadonlySignal<LibraryPresence>,
    /** Asks, unless this connection has answered. */
    check,
    /** Called after a reconnect, which may lead to another server. */
    onReconnect(): void {
      decided = false;
      tries = 0;
    },
  };
}
