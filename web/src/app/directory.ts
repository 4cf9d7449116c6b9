/** Finds people in a room that has too many to know them all: by name, and page by page (PS6). */
import { signal } from '@preact/signals';
import { type Ack, type ServerEvent, type User, peopleAnswer } from '../protocol/messages';

export interface DirectoryPorts {
  ask(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
}

export type DirectoryState = 'idle' | 'asking' | 'failed';

/** Nobody is asked at every key. */
const TYPED_MS = 300;

export function createDirectory({ ask, after }: DirectoryPorts) {
  const query = signal('');
  const found = signal<User[]>([]);
  /** How many there are of those that are looked for; null while nothing is known. */
  const total = signal<number | null>(null);
  const state = signal<DirectoryState>('idle');
  let last: string | undefined;
  /** Counts the questions: an answer to an older one says nothing. */
  let turn = 0;
  let cancel: (() => void) | null = null;

  function restart(): void {
    turn++;
    cancel?.();
    cancel = null;
    last = undefined;
    found.value = [];
    total.value = null;
    state.value = 'idle';
  }

  function clear(): void {
    query.value = '';
    restart();
  }

  function search(text: string): void {
    query.value = text;
    restart();
    if (text.trim() !== '') {
      state.value = 'asking';
      cancel = after(TYPED_MS, () => void more());
    }
  }

  async function more(): Promise<void> {
    const mine = ++turn;
    state.value = 'asking';
    const text = query.value.trim();
    const ack = await ask('get-people', {
      ...(last !== undefined && { after: last }),
      ...(text !== '' && { query: text }),
    });
    if (mine !== turn) return;
    if (!ack.ok) {
      state.value = 'failed';
      return;
    }
    try {
      const { count, users } = peopleAnswer(ack, 'get-people');
      const fresh = new Set(users.map((user) => user.id));
      found.value = [...found.value.filter((user) => !fresh.has(user.id)), ...users];
      // Whoever was the last may have left since: then it began anew, and at the end there is nobody.
      total.value = users.length === 0 ? found.value.length : count;
      last = users.at(-1)?.id;
      state.value = 'idle';
    } catch (problem) {
      console.warn('The answer to get-people cannot be read', problem);
      state.value = 'failed';
    }
  }

  /** What has become of those who were found. */
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

  return { query, found, total, state, search, more, apply, clear };
}

export type Directory = ReturnType<typeof createDirectory>;
