/** What the page says about the library and its films. */
import type { MediaProblem } from '../media/player';
import type { FilmInfo, LibraryFilm, LibraryPage } from '../protocol/library';
import { clockText } from '../room/format';
import type { BrowserProblem, Listing } from './library-browser';

const PROBLEMS: Partial<Record<string, MediaProblem>> = {
  film_not_found: {
    title: 'This server does not have the film.',
    hint: 'It was moved or deleted, or it is in the library of another server. A host can choose another one.',
  },
  no_library: {
    title: 'This server does not have the film.',
    hint: 'It has no library. A host can choose another film.',
  },
  unreadable_answer: {
    title: 'The server gave an answer that cannot be read.',
    hint: 'Reload the page; it may be older than the server.',
  },
};

/** Why a film cannot be played, by the reason that the server names. */
const REASONS: Partial<Record<string, string>> = {
  no_ffmpeg: 'browsers cannot play this format, and the server cannot convert it',
  unreadable: 'the server cannot read the file',
  no_tracks: 'it has neither a picture nor sound',
};

/** Returns the problem of a film for which the server gives no link. */
export function problemOfCode(code: string, reason: string | undefined, said: string): MediaProblem {
  if (code === 'film_not_playable') {
    const why = REASONS[reason ?? ''];
    return {
      title: 'This film cannot be played.',
      hint: why === undefined ? said : `${why.charAt(0).toUpperCase()}${why.slice(1)}.`,
    };
  }
  return PROBLEMS[code] ?? { title: 'The server does not send this film.', hint: said };
}

export const LINK_VOID: MediaProblem = {
  title: 'The server does not send this film to you any more.',
  hint: 'Your link to it is not valid. Try again, or reload the page.',
};
export const BROKEN_OFF: MediaProblem = {
  title: 'The server stopped sending this film.',
  hint: 'Its disk or your connection broke off. Try again in a moment.',
};
export const NOT_CONVERTED: MediaProblem = {
  title: 'The server cannot convert this film.',
  hint: 'Its file may be damaged. Try again in a moment, or choose another film.',
};
export const FORMAT: MediaProblem = {
  title: 'This browser cannot play this film.',
  hint: 'The file has a form that this browser does not decode. Another browser may play it.',
};

/** Returns why a film is not sent any more; null when it is, or may be soon. */
export function problemOfStatus(status: number | null): MediaProblem | null {
  if (status === 403 || status === 401) return LINK_VOID;
  return status === 404 || status === 410 ? problemOfCode('film_not_found', undefined, '') : null;
}

/** What a viewer reads while the server cannot send a film yet, by the code of its answer. */
export const WAITING: Partial<Record<string, string>> = {
  unavailable: 'The server is getting this film ready…',
  rate_limited: 'The server is busy. The film comes in a moment…',
};
export const TOO_MANY = 'The server sends as many films as it can right now. Trying again…';

export interface ProblemWords {
  text: string;
  /** What the button says that tries again; null when that would not help. */
  retry: string | null;
}

export const BROWSER_PROBLEMS: Record<BrowserProblem, ProblemWords> = {
  offline: { text: 'There is no connection right now. The list comes back with it.', retry: 'Try again' },
  busy: { text: 'The server cannot read its library right now.', retry: 'Try again' },
  not_allowed: { text: 'Only hosts can look through the films now.', retry: null },
  no_library: { text: 'This server has no films any more.', retry: null },
  no_folder: { text: 'This folder is not there any more.', retry: 'Show all films' },
  unreadable: { text: 'The server gave an answer that this page cannot read. Reload the page.', retry: 'Try again' },
};

/** Returns the name of a film as a title: without its ending, and with spaces. */
export function filmTitle(name: string): string {
  const bare = name.replace(/\.[a-z0-9]{2,4}$/i, '');
  const spaced = /\s/.test(bare) ? bare : bare.replace(/[._]+/g, ' ').trim();
  return spaced === '' ? name : spaced;
}

/** Returns why a film cannot be played, in words; null when it can. */
export function notPlayableText(info: FilmInfo | undefined): string | null {
  if (info?.play !== 'no') return null;
  return `Cannot be played: ${REASONS[info.reason ?? ''] ?? 'the server does not say why'}.`;
}

/** Returns that some viewers could not watch a film, in words; null when all could. */
export function notReachableText(film: LibraryFilm): string | null {
  return film.reachable === false ? 'Not on every server: some viewers here could not watch it.' : null;
}

/** Returns what there is to say about a film beside its title: "1:45:10", "1080p", "is converted while playing". */
export function detailsOf(info: FilmInfo | undefined): string[] {
  if (info === undefined) return [];
  return [
    ...(info.duration > 0 ? [clockText(info.duration)] : []),
    ...(info.height > 0 ? [pictureText(info.width, info.height)] : []),
    ...(info.play === 'convert' ? ['is converted while playing'] : []),
  ];
}

/** Names a size of the picture by the lines of a picture of 16:9, because wide films leave lines out. */
function pictureText(width: number, height: number): string {
  const lines = Math.max(height, Math.round((width * 9) / 16));
  if (lines >= 2000) return '4K';
  const known = [1440, 1080, 720, 576, 480].find((one) => lines >= one * 0.95);
  return `${known ?? height}p`;
}

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export function filmsText(n: number): string {
  return count(n, 'film', 'films');
}

/** Returns the state of the list, as it is announced. */
export function listText({ folders, films, total, more, query }: Listing): string {
  if (query !== '') return total === 0 ? `No film has “${query}” in its name.` : `${filmsText(total)} found`;
  if (total === 0) return 'There are no films here.';
  const shown = folders.length + films.length;
  if (more) return `${shown.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  const parts = [count(folders.length, 'folder', 'folders'), filmsText(films.length)];
  return parts.filter((part) => !part.startsWith('0 ')).join(', ');
}

/** Returns how far the server has read its folders; empty when it is not reading. */
export function scanningText(scanning: LibraryPage['scanning']): string {
  if (scanning === null) return '';
  return `The server is still reading its folders: ${filmsText(scanning.found)} so far.`;
}
