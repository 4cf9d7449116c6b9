/** The folders and films of one list of the library. Further pages follow by scrolling, or by a button. */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Listing } from '../library/library-browser';
import { filmsText } from '../library/library-words';
import type { LibraryFolder } from '../protocol/library';
import { useApp } from './context';
import { Drawing } from './icons';
import { LibraryRow } from './library-row';

const FOLDER_PATH = 'M3.5 6h6l2 2.5h9v10h-17z';
/** How far beyond the visible part films are asked for, and pages are loaded. */
const AHEAD = '300px';

interface LibraryListProps {
  scroller: RefObject<HTMLElement | null>;
  listing: Listing;
}

export function LibraryList({ scroller, listing }: LibraryListProps) {
  const library = useApp().library.loaded.value!;
  const { browser, infos } = library;
  const list = useRef<HTMLUListElement>(null);
  const { folders, films } = listing;
  const connections = infos.connections.value;

  // What is on the screen is looked up.
  useEffect(() => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-film]') ?? [])];
    const want = (elements: readonly Element[]) => infos.want(elements.map((row) => (row as HTMLElement).dataset['film']!));
    const observer = new IntersectionObserver(
      (entries) => want(entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target)),
      { root: scroller.current, rootMargin: AHEAD },
    );
    for (const row of rows) observer.observe(row);
    return () => observer.disconnect();
  }, [films, connections]);

  const folderBefore = useRef<string | undefined>(undefined);
  const folder = browser.path.value.at(-1)?.folderId;
  // The focus goes into the folder that was opened, because its button is gone.
  useLayoutEffect(() => {
    const changed = folderBefore.current !== folder;
    folderBefore.current = folder;
    if (changed && document.activeElement === document.body) firstButton(list.current)?.focus({ preventScroll: true });
  });

  return (
    <>
      <ul class="library-list" aria-label="Films and folders" tabIndex={-1} ref={list} onKeyDown={moveFocus}>
        {folders.map((one) => (
          <FolderRow key={one.folderId} folder={one} onOpen={() => browser.enter(one)} />
        ))}
        {films.map((film) => (
          <LibraryRow key={film.mediaId} library={library} film={film} withFolder={listing.query !== ''} />
        ))}
      </ul>
      <More scroller={scroller} list={list} listing={listing} />
    </>
  );
}

function FolderRow({ folder, onOpen }: { folder: LibraryFolder; onOpen: () => void }) {
  return (
    <li>
      <button type="button" class="library-folder" onClick={onOpen}>
        <Drawing path={FOLDER_PATH} />
        <bdi>{folder.name}</bdi>
        <small>{filmsText(folder.films)}</small>
      </button>
    </li>
  );
}

function More({ scroller, list, listing }: LibraryListProps & { list: RefObject<HTMLUListElement | null> }) {
  const { browser } = useApp().library.loaded.value!;
  const button = useRef<HTMLButtonElement>(null);
  /** Rows before the page that was asked for by the button, which the focus then goes to. */
  const focusAfter = useRef<number | null>(null);
  const rows = listing.folders.length + listing.films.length;
  const failed = browser.problem.value !== null;

  useEffect(() => {
    const element = button.current;
    if (element === null || failed) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        // The button may go with the last page.
        if (document.activeElement === element) focusAfter.current = rows;
        void browser.loadMore();
      },
      { root: scroller.current, rootMargin: AHEAD },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [listing, failed]);

  useLayoutEffect(() => {
    const from = focusAfter.current;
    if (from === null || rows <= from) return;
    focusAfter.current = null;
    firstButton(list.current?.children[from])?.focus();
  }, [rows]);

  if (!listing.more) return null;
  return (
    <button
      ref={button}
      type="button"
      class="button button-outline library-more"
      aria-disabled={browser.state.value !== 'idle'}
      onClick={() => {
        focusAfter.current = rows;
        void browser.loadMore();
      }}
    >
      {browser.state.value === 'loading-more' ? 'Loading more…' : 'Show more'}
    </button>
  );
}

function firstButton(within: Element | null | undefined): HTMLElement | null {
  return within?.querySelector<HTMLElement>('button:not([aria-disabled="true"])') ?? within?.querySelector('button') ?? null;
}

/** Moves the focus to the row above or below with the arrow keys. */
function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const;
  const way = step[event.key as keyof typeof step];
  const row = (event.target as Element).closest('.library-list > li');
  if (way === undefined || row === null) return;
  const target = firstButton(row[way]);
  if (target === null) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: 'nearest' });
}
