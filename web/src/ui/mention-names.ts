/** The names that the composer offers for a mention; a large room's are asked for. */
import { useEffect, useMemo } from 'preact/hooks';
import { createMemberSearch } from '../app/member-search';
import { useApp } from './context';

/** @param query what is written of a name; null while none is */
export function useMentionNames(query: string | null): readonly string[] {
  const { chat, room, request, after } = useApp();
  const search = useMemo(() => createMemberSearch({ request, after }), []);
  const large = room.largeRoomCount.value !== null;
  const writing = query !== null;
  useEffect(() => {
    if (large) search.search(query ?? '');
  }, [large, query]);
  const users = writing ? room.users.value : [];
  const found = search.found.value;
  return useMemo(() => {
    if (!writing) return [];
    const me = room.meId.peek();
    // Those who have written last come first.
    const authors = chat.entries.peek().flatMap((entry) => (entry.kind === 'message' ? [entry.message.userId] : [])).reverse(); // prettier-ignore
    const byId = new Map([...found, ...users].map((user) => [user.id, user.name]));
    const ids = new Set([...authors.filter((id) => byId.has(id)), ...byId.keys()]);
    return [...ids].filter((id) => id !== me).map((id) => byId.get(id)!);
  }, [writing, users, found]);
}
