/** A list that a host's page reads from the server when it shows it: the invitations, the bans. */
import { type ReadonlySignal, effect, signal, untracked } from '@preact/signals';
import type { Check } from '../protocol/check';
import type { Ack } from '../protocol/messages';

export type ListState = 'loading' | 'loaded' | 'failed';

export interface HostListPorts<T> {
  fetch(): Promise<Ack>;
  read: Check<readonly T[]>;
  /** Changes with each change of the list. */
  changes: ReadonlySignal<number>;
}

export function createHostList<T>({ fetch, read, changes }: HostListPorts<T>) {
  const items = signal<readonly T[]>([]);
  const state = signal<ListState>('loading');
  let generation = 0;

  /** Reads the list; only the answer to the latest request counts. */
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
    /** Reads the list now and after each change; returns a function that stops it. */
    follow(): () => void {
      return effect(() => {
        void changes.value;
        untracked(() => void load());
      });
    },
  };
}

export type HostList<T> = ReturnType<typeof createHostList<T>>;
