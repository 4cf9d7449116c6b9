/** The viewer's copy in the sync panel: which file it is, its offset, and another choice. */
import { useId } from 'preact/hooks';
import { differenceText } from '../own-copy/copy-words';
import '../styles/own-copy.css';
import { ChooseFilm } from './choose-film';
import { useApp } from './context';
import { OwnCopyOffset } from './own-copy-offset';

export function OwnCopySetting() {
  const copies = useApp().ownCopies.loaded.value;
  const id = useId();
  const film = copies?.film.value ?? null;
  const copy = copies?.copy.value ?? null;
  if (copies === null || film === null || copy === null) return null;
  const difference = differenceText(copy, film);
  return (
    <section class="own-copy-setting" aria-labelledby={id}>
      <h3 id={id}>Your copy</h3>
      <p class="sync-help">
        <bdi class="own-copy-name">{copy.fingerprint.name}</bdi>
        {difference === '' && ', the same file as the film'}
      </p>
      {difference !== '' && (
        <>
          <p class="sync-help">{difference}</p>
          <OwnCopyOffset copies={copies} />
        </>
      )}
      <ChooseFilm
        label="Choose another file"
        class="button button-outline button-small"
        onPick={(picked) => void copies.choose(picked)}
      />
    </section>
  );
}
