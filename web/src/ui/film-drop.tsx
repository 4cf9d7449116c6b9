/** Takes films that are dropped onto the page or pasted: as the copy of the film that is on, or as a new film. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { takeFileDrops } from '../app/file-drops';
import { bringsFilm } from '../own-copy/film-file';
import { type PickedFile, handleOfTransfer } from '../own-copy/file-handle';
import type { ReadFilm } from '../own-copy/own-copies';
import type { SharePlace } from '../own-copy/share-film';
import { libraryId } from '../protocol/video-kind';
import '../styles/own-copy.css';
import { useApp } from './context';
import { useFilmOffer } from './film-offer';
import { FilmOfferNote } from './own-film-button';
import { ONLY_HERE } from './own-copy-texts';
import { Dialog } from './primitives';

const PLACES: { place: SharePlace; label: string }[] = [
  { place: 'show', label: 'Show it now' },
  { place: 'next', label: 'Play it next' },
  { place: 'end', label: 'Add it to the queue' },
];

export function FilmDrop() {
  const { room, playerHost, ownCopies, queue, controls, toasts } = useApp();
  const over = useSignal(false);
  const offered = useSignal<PickedFile | null>(null);

  function places(): SharePlace[] {
    const queued = queue.loaded.value;
    const inQueue = queued !== null && queued.mayAdd.value ? (['next', 'end'] as const) : [];
    return [...(room.isHost.value ? (['show'] as const) : []), ...(room.film.value === null ? inQueue.slice(1) : inQueue)];
  }

  /** Whether the film that is on can be played from a file here alone (OC6). */
  const fromLibrary = () => libraryId(room.film.value?.url ?? '') !== null;

  async function take(file: File, data: DataTransfer): Promise<void> {
    const handle = await handleOfTransfer(data);
    // Who is asked for a copy brings one.
    if (playerHost.noCopy.peek()) void (await ownCopies.load().catch(() => null))?.choose({ file, handle });
    else if (places().length > 0 || fromLibrary()) offered.value = { file, handle };
    else toasts.show(controls.holdersText.peek());
  }

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      const file = data?.files[0];
      if (file === undefined || !bringsFilm(data)) return;
      event.preventDefault();
      void take(file, data!);
    };
    window.addEventListener('paste', onPaste);
    const end = takeFileDrops(window, {
      films: true,
      onHover: (on) => (over.value = on),
      onFile: (file, data) => void take(file, data),
    });
    return () => {
      window.removeEventListener('paste', onPaste);
      end();
    };
  }, []);

  return (
    <>
      {over.value && (
        <div class="film-drop" aria-hidden="true">
          <p>
            {playerHost.noCopy.value
              ? 'Drop your copy of the film'
              : fromLibrary()
                ? 'Drop the film to play it'
                : 'Drop the film to show it'}
          </p>
          <small>It stays on your device.</small>
        </div>
      )}
      <OfferDialog picked={offered.value} places={places()} onlyHere={fromLibrary()} onClose={() => (offered.value = null)} />
    </>
  );
}

interface OfferProps {
  places: SharePlace[];
  /** Whether the file may also play in place of the server's film, for this viewer alone. */
  onlyHere: boolean;
  onClose: () => void;
}

function OfferDialog(props: OfferProps & { picked: PickedFile | null }) {
  const { picked, onClose } = props;
  return (
    <Dialog open={picked !== null} onClose={onClose} title="A film from this device">
      {picked !== null && <Offer {...props} picked={picked} />}
    </Dialog>
  );
}

function Offer({ picked, places, onlyHere, onClose }: OfferProps & { picked: PickedFile }) {
  const { ownCopies } = useApp();
  const offer = useFilmOffer();
  const own = useSignal<ReadFilm | null>(null);
  const busy = useSignal(false);

  useEffect(() => {
    own.value = null;
    void offer.read(picked).then((found) => (own.value = found));
  }, [picked]);

  async function share(place: SharePlace): Promise<void> {
    if (own.value === null || busy.value) return;
    busy.value = true;
    if (await offer.share(own.value, place)) onClose();
    busy.value = false;
  }

  function playHere(): void {
    if (own.value === null || busy.value) return;
    void ownCopies.loaded.peek()?.take(own.value);
    onClose();
  }

  return (
    <>
      <p class="dialog-text">
        <bdi class="own-copy-name">{picked.file.name}</bdi> stays on your device.{' '}
        {places.length === 0
          ? "It plays in place of the server's film, for you alone."
          : 'The others are asked for their copy of it when you show it.'}
      </p>
      <div class="film-buttons">
        {PLACES.filter(({ place }) => places.includes(place)).map(({ place, label }) => (
          <button
            key={place}
            type="button"
            class={place === places[0] ? 'button button-primary' : 'button button-outline'}
            aria-disabled={own.value === null || busy.value}
            onClick={() => void share(place)}
          >
            {label}
          </button>
        ))}
        {onlyHere && (
          <button
            type="button"
            class={places.length === 0 ? 'button button-primary' : 'button button-outline'}
            aria-disabled={own.value === null || busy.value}
            onClick={playHere}
          >
            {ONLY_HERE}
          </button>
        )}
        <FilmOfferNote offer={offer} />
      </div>
    </>
  );
}
