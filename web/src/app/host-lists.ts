/** The invitations and bans of the room, which a host's page reads when it shows them. */
import { signal } from '@preact/signals';
import type { Check } from '../protocol/check';
import type { Ack, ServerEvent } from '../protocol/messages';
import { type Ban, type Invite, bansAnswer, invitesAnswer } from '../protocol/room-access';

export type ListState = 'loading' | 'loaded' | 'failed';

type Request = (name: string, payload: Record<string, unknown>) => Promise<Ack>;

/** A list that is read from the server; a change while it is read makes it read again. */
function createList<T>(fetch: () => Promise<Ack>, read: Check<T[]>) {
  const items = signal<readonly T[]>([]);
  const state = signal<ListState>('loading');
  let shown = false;
  let generation = 0;

  async function load(): Promise<void> {
    const mine = ++generation;
    const ack = await fetch();
    if (mine !== generation) return;
    try {
      if (!ack.ok) throw new Error(ack.code);
      items.value = read(ack, 'list');
      state.value = 'loaded';
    } catch {
      state.value = 'failed';
    }
  }

  return {
    items,
    state,
    load,
    /** Called when the list appears or disappears. */
    setShown(yes: boolean): void {
      shown = yes;
      if (yes) void load();
    },
    onChanged(): void {
      if (shown) void load();
    },
    clear(): void {
      generation++;
      items.value = [];
      state.value = 'loading';
    },
  };
}

export function createHostLists(request: Request) {
  const invites = createList<Invite>(
    () => request('get-invites', {}),
    (ack, path) => invitesAnswer(ack, path).invites,
  );
  const bans = createList<Ban>(
    () => request('get-bans', {}),
    (ack, path) => bansAnswer(ack, path).bans,
  );
  return {
    invites,
    bans,
    apply(event: ServerEvent): void {
      if (event.name === 'invites-changed') invites.onChanged();
      if (event.name === 'bans-changed') bans.onChanged();
    },
    clear(): void {
      invites.clear();
      bans.clear();
    },
  };
}

export type HostLists = ReturnType<typeof createHostLists>;
