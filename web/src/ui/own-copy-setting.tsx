/** The viewer's copy in the sync panel and among the tracks: which file it is, its offset, and another choice. */
import { useId, useRef } from 'preact/hooks';
import { differenceText } from '../own-copy/copy-words';
import type { OwnCopies, ReadFilm } from '../own-copy/own-copies';
import type { RoomFilm } from '../own-copy/room-film';
import '../styles/own-copy.css';
import { ChooseFilm } from './choose-film';
import { useApp } from './context';
import { OwnCopyOffset } from './own-copy-offset';
import { SERVERS_FILM, USE_OWN } from './own-copy-texts';

export function OwnCopySetting() {
  const copies = useApp().ownCopies.loaded.value;
  const id = useId();
  const buttons = useRef<HTMLDivElement>(null);
  const film = copies?.film.value ?? null;
  const copy = copies?.copy.value ?? null;
  if (copies === null || film === null || (copy === null && film.original !== null)) return null;

  function playServersFilm(): void {
    void copies?.playServersFilm();
    // The button that was pressed goes away.
    buttons.current?.querySelector('button')?.focus();
  }

  return (
    <section class="own-copy-setting" aria-labelledby={id}>
      <h3 id={id}>Your copy</h3>
      {copy === null ? (
        <p class="own-copy-help">
          A file of this film on your device can play here, in place of what the server sends: on a slow line, or in another cut
          or language. It is never sent.
        </p>
      ) : (
        <PlayingCopy copies={copies} film={film} copy={copy} />
      )}
      <div class="film-buttons" ref={buttons}>
        <ChooseFilm
          label={copy === null ? USE_OWN : 'Choose another file'}
          class="button button-outline button-small"
          disabled={copies.reading.value !== null}
          onPick={(picked) => void copies.choose(picked)}
        />
        {film.original === null && copy !== null && (
          <button type="button" class="button button-outline button-small" onClick={playServersFilm}>
            {SERVERS_FILM}
          </button>
        )}
      </div>
    </section>
  );
}

function PlayingCopy({ copies, film, copy }: { copies: OwnCopies; film: RoomFilm; copy: ReadFilm }) {
  const difference = differenceText(copies.comparison.value ?? 'match', copy.fingerprint, film);
  return (
    <>
      <p class="own-copy-help">
        <bdi class="own-copy-name">{copy.fingerprint.name}</bdi>
        {difference === '' && ', the same file as the film'}
      </p>
      {difference !== '' && (
        <>
          <p class="own-copy-help">{difference}</p>
          <OwnCopyOffset copies={copies} />
        </>
      )}
    </>
  );
}
