/** The films on the server's disks: folders, search and pages, over the room. */
import { useSignalEffect } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Library } from '../library/library';
import { BROWSER_PROBLEMS, listText, scanningText } from '../library/library-words';
import '../styles/library.css';
import { useApp } from './context';
import { ON_SERVER } from './library-button';
import { LibraryList } from './library-list';
import { Dialog } from './primitives';
import { ToastLine } from './toast';

export function LibraryDialog() {
  const { library } = useApp();
  const loaded = library.loaded.value;
  const open = library.shown.value !== null && loaded !== null;
  return (
    <Dialog open={open} onClose={() => (library.shown.value = null)} title={ON_SERVER} class="library">
      {open && <LibraryPanel library={loaded} />}
    </Dialog>
  );
}

function LibraryPanel({ library: { browser } }: { library: Library }) {
  const { queue, room } = useApp();
  const mayAdd = queue.loaded.value?.mayAdd.value ?? room.isHost.value;
  const scroller = useRef<HTMLDivElement>(null);

  useEffect(() => {
    browser.open();
    return () => browser.close();
  }, []);
  // Rights that come back bring the list with them.
  useEffect(() => {
    if (mayAdd && browser.problem.peek() === 'not_allowed') browser.retry();
  }, [mayAdd]);
  // Another list begins at its top.
  useSignalEffect(() => {
    void browser.path.value;
    void browser.query.value;
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  });

  const problem = mayAdd ? browser.problem.value : 'not_allowed';
  const listing = browser.listing.value;
  const shows = listing !== null && problem !== 'not_allowed' && problem !== 'no_library' && problem !== 'no_folder';
  return (
    <>
      <SearchField browser={browser} />
      {browser.query.value.trim() === '' && browser.path.value.length > 0 && <Breadcrumb browser={browser} />}
      <ListStatus browser={browser} />
      <Problem browser={browser} problem={problem} />
      <div class="library-scroller" ref={scroller}>
        {shows && <LibraryList scroller={scroller} listing={listing} />}
      </div>
      <ToastLine class="library-toast" />
    </>
  );
}

type BrowserProps = { browser: Library['browser'] };

function SearchField({ browser }: BrowserProps) {
  const id = useId();
  return (
    <div class="field library-search" role="search">
      <label for={id}>Search all films</label>
      <input
        id={id}
        type="search"
        // The dialog focuses it; the keyboard of a phone would cover the list.
        autofocus={!matchMedia('(pointer: coarse)').matches}
        maxLength={200}
        autocomplete="off"
        spellcheck={false}
        value={browser.query.value}
        onInput={(event) => browser.search(event.currentTarget.value)}
        onKeyDown={(event) => {
          // The first Escape empties the field, the next one closes the dialog.
          if (event.key !== 'Escape' || browser.query.value === '') return;
          event.preventDefault();
          event.stopPropagation();
          browser.search('');
        }}
      />
    </div>
  );
}

function Breadcrumb({ browser }: BrowserProps) {
  const path = browser.path.value;
  return (
    <nav class="library-path" aria-label="Folder">
      <ol>
        <li>
          <button type="button" class="text-button" onClick={() => browser.goTo(0)}>
            All films
          </button>
        </li>
        {path.map((folder, at) => (
          <li key={folder.folderId}>
            {at === path.length - 1 ? (
              <b aria-current="page" dir="auto">
                {folder.name}
              </b>
            ) : (
              <button type="button" class="text-button" dir="auto" onClick={() => browser.goTo(at + 1)}>
                {folder.name}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Always rendered, so that changes are announced. */
function ListStatus({ browser }: BrowserProps) {
  const listing = browser.listing.value;
  const text = browser.searching.value
    ? 'Searching…'
    : browser.state.value === 'loading' && listing === null
      ? 'Opening…'
      : listing === null || browser.problem.value !== null
        ? ''
        : listText(listing);
  return (
    <p class="library-status" role="status">
      {[text, scanningText(browser.scanning.value)].filter(Boolean).join(' ')}
    </p>
  );
}

function Problem({ browser, problem }: BrowserProps & { problem: typeof browser.problem.value }) {
  const words = problem === null ? null : BROWSER_PROBLEMS[problem];
  return (
    <div role="alert" class="library-problem">
      {words !== null && (
        <>
          <p>{words.text}</p>
          {words.retry !== null && (
            <button type="button" class="button button-outline button-small" onClick={() => void browser.retry()}>
              {words.retry}
            </button>
          )}
        </>
      )}
    </div>
  );
}
