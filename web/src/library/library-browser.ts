/** Browses and searches the server's library page by page (LB1 to LB4). The last request wins. */
import { type ReadonlySignal, batch, computed, signal } from '@preact/signals';
import { type LibraryFilm, type LibraryFolder, type LibraryPage, libraryPage } from '../protocol/library';
import type { Ack } from '../protocol/messages';

export interface LibraryBrowserPorts {
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
}

/** A folder as the page refers to it. */
export interface FolderPlace {
  folderId: string;
  name: string;
}

/** A list as far as it is loaded. */
export interface Listing {
  folders: readonly LibraryFolder[];
  films: readonly LibraryFilm[];
  total: number;
  more: boolean;
  /** The search that it answers; empty for what is in a folder. */
  query: string;
}

/** What keeps the list from being shown. busy: worth another attempt. */
export type BrowserProblem = 'offline' | 'busy' | 'not_allowed' | 'no_library' | 'no_folder' | 'unreadable';

const DEBOUNCE_MS = 250;
/** How often a list is read again while the server reads its folders. */
const SCANNING_MS = 3000;
const EMPTY: Listing = { folders: [], films: [], total: 0, more: false, query: '' };

const PROBLEMS: Partial<Record<string, BrowserProblem>> = {
  no_connection: 'offline',
  not_host: 'not_allowed',
  no_library: 'no_library',
  folder_not_found: 'no_folder',
};

export function createLibraryBrowser({ request, after }: LibraryBrowserPorts) {
  /** The folders from the upmost one down to the one that is shown. */
  const path = signal<readonly FolderPlace[]>([]);
  const query = signal('');
  const listing = signal<Listing | null>(null);
  const state = signal<'idle' | 'loading' | 'loading-more'>('idle');
  const problem = signal<BrowserProblem | null>(null);
  const scanning = signal<LibraryPage['scanning']>(null);
  /** The number of the latest request; answers to older ones are ignored. */
  let turn = 0;
  let cancel: (() => void) | null = null;
  let open = false;

  function later(ms: number, run: () => void): void {
    cancel?.();
    cancel = after(ms, run);
  }

  /** Returns a page; null when a later request has replaced this one, or when it failed. */
  async function read(afterId: string | null): Promise<LibraryPage | null> {
    const mine = ++turn;
    cancel?.();
    const words = query.peek().trim();
    const folder = path.peek().at(-1)?.folderId;
    const ack = await request('get-library', {
      // A search looks through the whole library.
      ...(words !== '' ? { query: words } : folder !== undefined && { folder }),
      ...(afterId !== null && { after: afterId }),
    });
    if (mine !== turn || !open) return null;
    state.value = 'idle';
    if (!ack.ok) {
      problem.value = PROBLEMS[ack.code] ?? (ack.retryable ? 'busy' : 'unreadable');
      return null;
    }
    try {
      problem.value = null;
      return libraryPage(ack, 'get-library');
    } catch (mismatch) {
      console.warn('The answer to get-library cannot be read', mismatch);
      problem.value = 'unreadable';
      return null;
    }
  }

  async function load(quiet = false): Promise<void> {
    const words = query.peek().trim();
    if (!quiet) state.value = 'loading';
    await finish(read(null), (page) => ({ ...page, query: words }));
  }

  async function loadMore(): Promise<void> {
    const before = listing.peek();
    if (before === null || !before.more || state.peek() !== 'idle') return;
    state.value = 'loading-more';
    const last = before.films.at(-1)?.mediaId ?? before.folders.at(-1)?.folderId ?? null;
    await finish(read(last), (page) => append(before, page));
  }

  async function finish(reading: Promise<LibraryPage | null>, next: (page: LibraryPage) => Listing): Promise<void> {
    const page = await reading;
    if (page === null) return;
    batch(() => {
      const { folders, films, total, more, query: words } = next(page);
      listing.value = { folders, films, total, more, query: words };
      scanning.value = page.scanning;
    });
    if (page.scanning !== null) later(SCANNING_MS, () => void follow());
  }

  /** Reads the list again while the server reads its folders; a longer one only when it is opened again. */
  async function follow(): Promise<void> {
    const { folders, films, more } = listing.peek() ?? EMPTY;
    if (state.peek() !== 'idle') return;
    if (!more || folders.length + films.length <= 50) await load(true);
    else scanning.value = null;
  }

  function go(next: readonly FolderPlace[]): void {
    batch(() => {
      path.value = next;
      query.value = '';
      listing.value = null;
    });
    void load();
  }

  return {
    path: path as ReadonlySignal<readonly FolderPlace[]>,
    query: query as ReadonlySignal<string>,
    /** Null until the first answer. */
    listing: listing as ReadonlySignal<Listing | null>,
    state: state as ReadonlySignal<typeof state.value>,
    problem: problem as ReadonlySignal<BrowserProblem | null>,
    scanning: scanning as ReadonlySignal<LibraryPage['scanning']>,
    /** Whether the list does not answer yet what is asked. */
    searching: computed(() => state.value === 'loading' && query.value.trim() !== ''),
    /** Shows the folder that was shown last. */
    open(): void {
      open = true;
      if (query.peek() !== '') listing.value = null;
      query.value = '';
      void load();
    },
    /** Stops following it. */
    close(): void {
      open = false;
      turn++;
      cancel?.();
      cancel = null;
      state.value = 'idle';
    },
    /** Searches as the viewer types; nothing leads back to the folder. */
    search(text: string): void {
      const same = text.trim() === query.peek().trim();
      query.value = text;
      if (same) return;
      turn++;
      state.value = 'loading';
      later(text.trim() === '' ? 0 : DEBOUNCE_MS, () => void load());
    },
    enter: (folder: FolderPlace) => go([...path.peek(), { folderId: folder.folderId, name: folder.name }]),
    /** Shows the folder of a film that was found; those above it are not known. */
    showFolder: (folder: FolderPlace) => go([{ folderId: folder.folderId, name: folder.name }]),
    /** Goes up; 0 is the upmost folder. */
    goTo: (depth: number) => go(path.peek().slice(0, depth)),
    loadMore,
    retry: () => (problem.peek() === 'no_folder' ? go([]) : void load()),
  };
}

export type LibraryBrowser = ReturnType<typeof createLibraryBrowser>;

/** Returns the list with one more page; what has moved meanwhile is in it once. */
function append(before: Listing, { folders, films, total, more }: LibraryPage): Listing {
  const folderIds = new Set(before.folders.map((one) => one.folderId));
  const filmIds = new Set(before.films.map((one) => one.mediaId));
  return {
    ...before,
    folders: [...before.folders, ...folders.filter((one) => !folderIds.has(one.folderId))],
    films: [...before.films, ...films.filter((one) => !filmIds.has(one.mediaId))],
    total,
    more: more && folders.length + films.length > 0,
  };
}
