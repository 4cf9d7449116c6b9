/** Searches the members of a large room by name and loads them page by page (PS6). */
import { signal } from '@preact/signals';
import { type Ack, type ServerEvent, type User, membersAnswer } from '../protocol/messages';

export interface MemberSearchPorts {
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
}

export type MemberSearchState = 'idle' | 'loading' | 'failed';

/** Delay after the last key press before a search is sent. */
const DEBOUNCE_MS = 300;

export function createMemberSearch({ request, after }: MemberSearchPorts) {
  const query = signal('');
  const found = signal<User[]>([]);
  /** Number of members that match; null while unknown. */
  const total = signal<number | null>(null);
  const state = signal<MemberSearchState>('idle');
  let last: string | undefined;
  /** Number of the latest request; answers to older requests are ignored. */
  let requestNumber = 0;
  let cancel: (() => void) | null = null;

  function reset(): void {
    requestNumber++;
    cancel?.();
    cancel = null;
    last = undefined;
    found.value = [];
    total.value = null;
    state.value = 'idle';
  }

  function clear(): void {
    query.value = '';
    reset();
  }

  function search(text: string): void {
    query.value = text;
    reset();
    if (text.trim() !== '') {
      state.value = 'loading';
      cancel = after(DEBOUNCE_MS, () => void loadMore());
    }
  }

  async function loadMore(): Promise<void> {
    const mine = ++requestNumber;
    state.value = 'loading';
    const text = query.value.trim();
    const ack = await request('get-people', {
      ...(last !== undefined && { after: last }),
      ...(text !== '' && { query: text }),
    });
    if (mine !== requestNumber) return;
    if (!ack.ok) {
      state.value = 'failed';
      return;
    }
    try {
      const { count, users } = membersAnswer(ack, 'get-people');
      const fresh = new Set(users.map((user) => user.id));
      found.value = [...found.value.filter((user) => !fresh.has(user.id)), ...users];
      // The last member of the previous page may have left, then the server starts again from the first page. An empty
      // page is the end.
      total.value = users.length === 0 ? found.value.length : count;
      last = users.at(-1)?.id;
      state.value = 'idle';
    } catch (problem) {
      console.warn('The answer to get-people cannot be read', problem);
      state.value = 'failed';
    }
  }

  /** Updates the found members with an event of the room. */
  function apply(event: ServerEvent): void {
    if (event.name === 'presence') {
      if (!event.payload.big) {
        clear();
        return;
      }
      const gone = new Set(event.payload.left);
      if (found.value.some((user) => gone.has(user.id))) found.value = found.value.filter((user) => !gone.has(user.id));
      const away = new Set(event.payload.away);
      const back = new Set(event.payload.returned);
      if (away.size + back.size > 0) {
        found.value = found.value.map((user) =>
          away.has(user.id) ? { ...user, away: true } : back.has(user.id) ? { ...user, away: false } : user,
        );
      }
    } else if (event.name === 'user-promoted') {
      const { userId } = event.payload;
      found.value = found.value.map((user) => (user.id === userId ? { ...user, isHost: true } : user));
    }
  }

  return { query, found, total, state, search, loadMore, apply, clear };
}

export type MemberSearch = ReturnType<typeof createMemberSearch>;
