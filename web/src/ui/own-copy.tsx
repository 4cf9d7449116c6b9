/**
 * A film that everybody plays from a file of their own, or that a viewer plays so in place of the server's: the card that
 * asks for the file, and what is said about the copy.
 */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { aboutFile, differenceText, mismatchText, missingText } from '../own-copy/copy-words';
import type { Fingerprint } from '../own-copy/local-link';
import type { OwnCopies } from '../own-copy/own-copies';
import type { RoomFilm } from '../own-copy/room-film';
import { listNames } from '../room/format';
import '../styles/film-notice.css';
import '../styles/own-copy.css';
import { ChooseFilm } from './choose-film';
import { useApp } from './context';
import { OwnCopyOffset } from './own-copy-offset';
import { KEEP_SERVERS } from './own-copy-texts';
import { LostCopyNotice } from './lost-copy-notice';

export function OwnCopy({ onChangeFilm }: { onChangeFilm: () => void }) {
  const { ownCopies, playerHost } = useApp();
  const copies = ownCopies.loaded.value;
  const film = copies?.film.value ?? null;
  if (copies === null || film === null) return null;
  const { doubtful, problem, reading } = copies;
  const doubts = doubtful.value !== null || problem.value !== null;
  // The server's film goes on until there is something to decide.
  const asks = doubts || (film.original !== null && (playerHost.noCopy.value || reading.value !== null));
  return (
    <>
      {/* Always rendered, so that changes are announced. */}
      <p class="visually-hidden" role="status">
        <CopyStatus copies={copies} film={film} />
      </p>
      {asks ? <CopyCard copies={copies} film={film} onChangeFilm={onChangeFilm} /> : <CopyNotice copies={copies} film={film} />}
    </>
  );
}

interface CopyProps {
  copies: OwnCopies;
  film: RoomFilm;
}

function CopyStatus({ copies, film }: CopyProps) {
  const { reading, doubtful, copy, comparison, missing } = copies;
  if (reading.value !== null) return <>Reading {reading.value}…</>;
  if (doubtful.value !== null) {
    const { fingerprint } = doubtful.value;
    return <>{`${fingerprint.name} ${mismatchText(fingerprint, film)}`}</>;
  }
  if (copy.value !== null) return <>{differenceText(comparison.value ?? 'match', copy.value.fingerprint, film)}</>;
  const { name, text } = missingText(missing.value);
  return <>{film.original === null && name !== null ? `${name} ${text}` : ''}</>;
}

/** Who shows the film, and what it is. */
function Shown({ original }: { original: Fingerprint }) {
  const { room, queue } = useApp();
  const current = queue.loaded.value?.state.value.current ?? null;
  const item = current?.videoUrl === room.film.value?.url ? current : null;
  const mine = item !== null && item.userId === room.meId.value;
  const names = item === null ? room.hosts.value.map((host) => host.name) : [item.userName];
  return (
    <>
      {mine ? 'You show' : <><bdi>{listNames(names) || 'A host'}</bdi> {names.length > 1 ? 'show' : 'shows'}</>}{' '}
      <b class="own-copy-name"><bdi>{original.name}</bdi></b> ({aboutFile(original)}) from a file of {mine ? 'your' : 'their'} own.
    </>
  ); // prettier-ignore
}

function CopyCard({ copies, film, onChangeFilm }: CopyProps & { onChangeFilm: () => void }) {
  const { room } = useApp();
  const card = useRef<HTMLDivElement>(null);
  const { copy, doubtful, problem, reading } = copies;
  const missing = copies.missing.value;
  const words = missingText(missing);
  const busy = reading.value !== null;
  const other = doubtful.value;
  const plays = copy.value !== null;

  // The card goes away with the button that was pressed; the focus goes to the film's own controls.
  const focused = useRef(false);
  useEffect(() => {
    const area = card.current?.closest('.player-area');
    return () => {
      if (focused.current) area?.querySelector<HTMLElement>('.bar-play')?.focus();
    };
  }, []);

  const { original } = film;
  const byPermission = original !== null && missing.why === 'permission' && other === null && !plays;
  return (
    <div class="overlay overlay-solid own-copy-card">
      <div
        class="overlay-card"
        ref={card}
        onFocusIn={() => (focused.current = true)}
        onFocusOut={({ relatedTarget }) => (focused.current = !(relatedTarget instanceof Element))}
      >
        <h2>{other !== null ? 'Another length' : plays ? 'Another copy' : original === null ? 'Your copy' : words.title}</h2>
        {other !== null ? (
          <p>
            <b class="own-copy-name">
              <bdi>{other.fingerprint.name}</bdi>
            </b>{' '}
            {mismatchText(other.fingerprint, film)}
          </p>
        ) : (
          <>
            {original !== null && (
              <p>
                <Shown original={original} />
              </p>
            )}
            {original !== null && words.name !== null && !plays && (
              <p>
                <b class="own-copy-name">
                  <bdi>{words.name}</bdi>
                </b>{' '}
                {words.text}
              </p>
            )}
            <p>Choose your copy, or drop it here. It plays from your device and is never sent.</p>
          </>
        )}
        {problem.value !== null && (
          <p role="alert" class="own-film-problem">
            <b>{problem.value.title}</b> {problem.value.hint}
          </p>
        )}
        <div class="film-buttons">
          {byPermission && (
            <button type="button" class="button button-primary" onClick={() => void copies.allow()}>
              Open <bdi>{missing.name}</bdi> again
            </button>
          )}
          <ChooseFilm
            label={busy ? 'Reading it…' : other !== null || byPermission ? 'Choose another file' : 'Choose your copy'}
            class={byPermission ? 'button button-outline' : 'button button-primary'}
            disabled={busy}
            onPick={(picked) => void copies.choose(picked)}
          />
          {other !== null && (
            <button type="button" class="button button-outline" onClick={() => void copies.playAnyway()}>
              Play it anyway
            </button>
          )}
          {(plays || original === null) && !busy && (
            <button type="button" class="button button-outline" onClick={() => copies.dismiss()}>
              {plays ? 'Keep the copy that plays' : KEEP_SERVERS}
            </button>
          )}
          {!plays && original !== null && room.isHost.value && (
            <button type="button" class="button button-outline" onClick={onChangeFilm}>
              Show another film
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

/** Notice over the film while it plays from a file that is not the same. */
function CopyNotice({ copies, film }: CopyProps) {
  const read = useSignal<object | null>(null);
  const copy = copies.copy.value;
  if (film.original === null && (copy === null || copies.reading.value !== null)) return <LostCopyNotice copies={copies} />;
  const text = copy === null ? '' : differenceText(copies.comparison.value ?? 'match', copy.fingerprint, film);
  if (text === '' || read.value === copy) return null;
  return (
    <div class="film-notice">
      <div class="film-notice-card own-copy-notice">
        <p>{text}</p>
        <OwnCopyOffset copies={copies} />
        <button type="button" class="button button-primary button-small" onClick={() => (read.value = copy)}>
          OK
        </button>
      </div>
    </div>
  );
}
