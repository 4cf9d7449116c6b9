/** The current route as a signal. */
import { signal } from '@preact/signals';
import { siteAddress, sitePath } from '../net/base-path';

export { siteAddress };

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

export const route = signal<Route>(readRoute(sitePath(location.pathname), location.search));

/** Goes to a path of the site, such as `/join`. */
export function visit(path: string, how: 'push' | 'replace' = 'push'): void {
  const address = siteAddress(path);
  if (how === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  route.value = readRoute(sitePath(location.pathname), location.search);
  if (how === 'push') window.scrollTo(0, 0);
}

export function listenToHistory(): void {
  window.addEventListener('popstate', () => {
    route.value = readRoute(sitePath(location.pathname), location.search);
  });
}
