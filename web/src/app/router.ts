/** The address bar as a signal. */
import { signal } from '@preact/signals';

export type Route =
  { page: 'home' } | { page: 'create' } | { page: 'join'; code: string } | { page: 'room'; roomId: string } | { page: 'lost' };

export function readRoute(path: string, search = ''): Route {
  const clean = path.replace(/\/+$/, '') || '/';
  if (clean === '/') return { page: 'home' };
  if (clean === '/create') return { page: 'create' };
  if (clean === '/join') return { page: 'join', code: new URLSearchParams(search).get('code') ?? '' };
  const room = /^\/room\/([a-z0-9]{6})$/i.exec(clean);
  return room?.[1] === undefined ? { page: 'lost' } : { page: 'room', roomId: room[1].toUpperCase() };
}

export const route = signal<Route>(readRoute(location.pathname, location.search));

export function visit(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  route.value = readRoute(location.pathname, location.search);
  if (how === 'push') window.scrollTo(0, 0);
}

export function listenToHistory(): void {
  window.addEventListener('popstate', () => {
    route.value = readRoute(location.pathname, location.search);
  });
}
