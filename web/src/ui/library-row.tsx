/** A film of the library: what it is, whether it can be played, and the buttons that show or queue it. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Library } from '../library/library';
import { detailsOf, filmTitle, notPlayableText, notReachableText } from '../library/library-words';
import { siteAddress } from '../app/router';
import type { LibraryFilm } from '../protocol/library';
import type { PlayedItem } from '../protocol/queue';
import type { Place } from '../queue/queue-commands';
import { clockText } from '../room/format';
import { useApp } from './context';
import { PosterBox } from './queue-parts';

const PLACES: { place: Place; label: string; name: (title: string) => string }[] = [
  { place: 'now', label: 'Play now', name: (title) => `Play now: ${title}` },
  { place: 'end', label: 'Add', name: (title) => `Add to the queue: ${title}` },
  { place: 'next', label: 'Play next', name: (title) => `Play next: ${title}` },
];
const NO_QUEUE = 'The queue is not there yet. Please try again.';

interface LibraryRowProps {
  library: Library;
  film: LibraryFilm;
  /** Whether its folder is shown, which may be any. */
  withFolder: boolean;
}

export function LibraryRow({ library, film, withFolder }: LibraryRowProps) {
  const app = useApp();
  const { room, queue } = app;
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const id = useId();
  const videoUrl = `library:${film.mediaId}`;
  const title = filmTitle(film.name);
  const info = library.infos.known.value.get(film.mediaId);
  const no = notPlayableText(info);
  // It may be played all the same: those viewers may have left since.
  const warning = no ?? notReachableText(film);
  const left = queue.loaded.value?.state.value.played.findLast((item) => item.videoUrl === videoUrl);
  const host = room.isHost.value;

  /** Does what a button says; `goes` when the film is on the screen then. */
  async function act(goes: boolean, run: () => Promise<string | null>): Promise<void> {
    if (busy.value || no !== null) return;
    busy.value = true;
    problem.value = null;
    problem.value = await run();
    busy.value = false;
    if (!goes || problem.value !== null) return;
    const done = app.library.shown.value?.onDone;
    app.library.shown.value = null;
    done?.();
  }

  async function add(place: Place): Promise<string | null> {
    const commands = queue.loaded.peek()?.commands;
    if (commands !== undefined) return commands.addFilm(videoUrl, place);
    if (place !== 'now') return NO_QUEUE;
    const ack = await app.request('set-video', { videoUrl });
    return ack.ok ? null : app.controls.rejectionText(ack);
  }

  return (
    <li class="library-film" data-film={film.mediaId} data-off={no !== null}>
      <span class="library-poster">
        <PosterBox title={title} poster={info?.poster ? siteAddress(info.poster) : null} duration={0} large />
        {left !== undefined && info !== undefined && <Progress left={left} duration={info.duration} />}
      </span>
      <div class="library-film-text">
        <b title={film.name} dir="auto">
          {title}
        </b>
        <small>
          {withFolder && film.folder !== null && (
            <button
              type="button"
              class="text-button library-film-folder"
              onClick={() => library.browser.showFolder(film.folder!)}
            >
              <span class="visually-hidden">Folder </span>
              <bdi>{film.folder.name}</bdi>
            </button>
          )}
          <span>{detailsOf(info).join(' · ')}</span>
        </small>
        {warning !== null && (
          <small class="library-no" id={`${id}-no`}>
            {warning}
          </small>
        )}
        {problem.value !== null && (
          <small role="alert" class="library-no">
            {problem.value}
          </small>
        )}
      </div>
      <div class="library-film-buttons">
        {host && left !== undefined && (left.position ?? 0) > 0 && (
          <button
            type="button"
            class="button button-primary button-small library-continue"
            aria-label={`Continue at ${clockText(left.position!)}: ${title}`}
            aria-disabled={busy.value || no !== null}
            onClick={() => void act(true, () => resume(left))}
          >
            Continue at {clockText(left.position!)}
          </button>
        )}
        {(host ? PLACES : PLACES.slice(1)).map(({ place, label, name }) => (
          <button
            key={place}
            type="button"
            class={`button button-small ${place === 'now' && !((left?.position ?? 0) > 0) ? 'button-primary' : 'button-outline'}`}
            aria-label={name(title)}
            aria-describedby={warning === null ? undefined : `${id}-no`}
            aria-disabled={busy.value || no !== null}
            onClick={() => void act(place === 'now', () => add(place))}
          >
            {label}
          </button>
        ))}
      </div>
    </li>
  );

  async function resume({ itemId, position }: PlayedItem): Promise<string | null> {
    return (await queue.loaded.peek()?.commands.play(itemId, position)) === true ? null : 'That did not work. Please try again.';
  }
}

/** How far the room has seen a film. */
function Progress({ left, duration }: { left: PlayedItem; duration: number }) {
  const { position = 0 } = left;
  if (position <= 0 || duration <= 0) return null;
  return (
    <span class="library-progress" aria-hidden="true">
      <i style={{ width: `${Math.min(100, (position / duration) * 100)}%` }} />
    </span>
  );
}
