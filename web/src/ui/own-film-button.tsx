/** The button "A film from this device" in the forms that choose films, and what becomes of the choice. */
import { useSignal } from '@preact/signals';
import '../styles/own-copy.css';
import type { PickedFile } from '../own-copy/file-handle';
import { ChooseFilm } from './choose-film';
import { type FilmOffer, useFilmOffer } from './film-offer';

export interface OwnFilmButtonProps {
  place: 'show' | 'end';
  small?: boolean;
  onDone?: (() => void) | undefined;
}

export const OWN_FILM = 'A film from this device';

export function OwnFilmButton({ place, small = false, onDone }: OwnFilmButtonProps) {
  const busy = useSignal(false);
  const offer = useFilmOffer();

  async function pick(picked: PickedFile): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const own = await offer.read(picked);
    const shared = own !== null && (await offer.share(own, place));
    busy.value = false;
    if (shared) onDone?.();
  }

  return (
    <>
      <ChooseFilm
        label={OWN_FILM}
        class={`button button-outline ${small ? 'button-small' : ''}`}
        disabled={busy.value}
        onPick={(picked) => void pick(picked)}
      />
      <FilmOfferNote offer={offer} />
    </>
  );
}

/** What is going on with a chosen file, and why it is not taken. */
export function FilmOfferNote({ offer }: { offer: FilmOffer }) {
  const problem = offer.problem.value;
  const reading = offer.reading.value;
  return (
    <div class="own-film-note">
      <p role="status">
        {reading !== null && (
          <>
            Reading <bdi>{reading}</bdi>…
          </>
        )}
      </p>
      {problem !== null && (
        <p role="alert" class="own-film-problem">
          <b>{problem.title}</b> {problem.hint}
        </p>
      )}
    </div>
  );
}
