/** Commands of a host: settings, entry, people. Each resolves to whether the server accepted it, and shows why not. */
import type { Ack } from '../protocol/messages';
import type { SettingsChange } from '../protocol/room-access';
import type { Toasts } from './toasts';

export interface HostCommandsPorts {
  toasts: Toasts;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  /** Returns whether the room can be reached, and shows a message when not. */
  checkReachable(): boolean;
  showRejection(ack: Ack): void;
}

export function createHostCommands({ toasts, request, checkReachable, showRejection }: HostCommandsPorts) {
  async function perform(send: () => Promise<Ack>): Promise<Ack & { ok: boolean }> {
    if (!checkReachable()) return { ok: false, code: 'no_connection', error: '', retryable: true };
    const ack = await send();
    showRejection(ack);
    return ack;
  }

  const done = async (send: () => Promise<Ack>): Promise<boolean> => (await perform(send)).ok;

  async function liftBan(banId: string): Promise<boolean> {
    return done(() => request('lift-ban', { banId }));
  }

  return {
    setSettings: (change: SettingsChange) => done(() => request('set-settings', { ...change })),
    setPassword: (password: string | null) => done(() => request('set-password', { password })),
    /** Sets the password, and then lets people in by it only. */
    async lockWithPassword(password: string): Promise<boolean> {
      if (!(await done(() => request('set-password', { password })))) return false;
      return done(() => request('set-settings', { entry: 'password' }));
    },
    promote: (userId: string) => done(() => request('promote-host', { userId })),
    demote: (userId: string) => done(() => request('demote-host', { userId })),
    transfer: (userId: string) => done(() => request('transfer-room', { userId })),
    mute: (userId: string, muted: boolean) => done(() => request('mute-member', { userId, muted })),
    async remove(userId: string, userName: string): Promise<boolean> {
      const ok = await done(() => request('remove-member', { userId }));
      if (ok) toasts.show(`${userName} was removed`);
      return ok;
    },
    /** Removes and bans a member, for ever without minutes. The toast offers to lift the ban. */
    async ban(userId: string, userName: string, minutes: number | null): Promise<boolean> {
      const ack = await perform(() => request('remove-member', { userId, ban: minutes === null ? {} : { minutes } }));
      if (!ack.ok) return false;
      const banId = ack['banId'];
      const undo = typeof banId !== 'string' ? undefined : { label: 'Undo', run: () => void liftBan(banId) };
      toasts.show(`${userName} was banned`, undo);
      return true;
    },
    liftBan,
    /** Returns the token; null when the server rejects it. */
    async createInvite(ttlMs: number | null, uses: number | null): Promise<string | null> {
      const ack = await perform(() =>
        request('create-invite', { ...(ttlMs === null ? {} : { ttlMs }), ...(uses === null ? {} : { uses }) }),
      );
      return ack.ok && typeof ack['token'] === 'string' ? ack['token'] : null;
    },
    revokeInvite: (inviteId: string) => done(() => request('revoke-invite', { inviteId })),
  };
}

export type HostCommands = ReturnType<typeof createHostCommands>;
