/** Derives the connection status of the room and the banner that shows it. */
import { type ReadonlySignal, computed, effect, signal, untracked } from '@preact/signals';
import type { ConnectionState } from '../net/socket-connection';
import type { SessionState } from '../net/session';

/** none: in no room. unavailable: the server is connected but cannot reach the room. */
export type ConnectionStatus = 'none' | 'connected' | 'offline' | 'reconnecting' | 'unavailable';
export type Banner = 'none' | 'offline' | 'reconnecting' | 'reconnected';

/** Shorter interruptions show no banner. */
const BANNER_AFTER_MS = 500;
/** After a reconnect the server says at once whether the room is unavailable; the banner waits for that. */
const RECONNECTED_AFTER_MS = 200;
const RECONNECTED_SHOWN_MS = 2600;

export interface ConnectionStatusPorts {
  sessionState: ReadonlySignal<SessionState>;
  socket: ReadonlySignal<ConnectionState>;
  online: ReadonlySignal<boolean>;
  available: ReadonlySignal<boolean>;
  after(ms: number, run: () => void): () => void;
}

export function createConnectionStatus({ sessionState, socket, online, available, after }: ConnectionStatusPorts) {
  const connection = computed((): ConnectionStatus => {
    const { phase } = sessionState.value;
    if (phase !== 'joined' && phase !== 'reconnecting') return 'none';
    if (!online.value) return 'offline';
    if (phase === 'reconnecting' || socket.value !== 'up') return 'reconnecting';
    return available.value ? 'connected' : 'unavailable';
  });

  const banner = signal<Banner>('none');
  let cancel: (() => void) | null = null;

  function show(next: Banner, delayMs: number): void {
    cancel?.();
    cancel = null;
    if (delayMs > 0) {
      cancel = after(delayMs, () => show(next, 0));
      return;
    }
    banner.value = next;
    if (next === 'reconnected') show('none', RECONNECTED_SHOWN_MS);
  }

  effect(() => {
    const now = connection.value;
    untracked(() => {
      const said = banner.value === 'offline' || banner.value === 'reconnecting';
      if (now === 'connected') show(said ? 'reconnected' : 'none', said ? RECONNECTED_AFTER_MS : 0);
      else if (now === 'none' || now === 'offline') show(now, 0);
      else show('reconnecting', said ? 0 : BANNER_AFTER_MS);
    });
  });

  return { connection, banner };
}
