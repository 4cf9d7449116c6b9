/** Notice over a film of the library while a copy of it is read, and when the copy of an earlier visit does not play. */
import { missingText } from '../own-copy/copy-words';
import type { OwnCopies } from '../own-copy/own-copies';
import '../styles/film-notice.css';
import { ChooseFilm } from './choose-film';
import { KEEP_SERVERS } from './own-copy-texts';

const SERVER_PLAYS = "The server's film plays.";

export function LostCopyNotice({ copies }: { copies: OwnCopies }) {
  const missing = copies.missing.value;
  const reading = copies.reading.value;
  const { name, text } = missingText(missing);
  if (reading === null && name === null) return null;
  return (
    <div class="film-notice">
      <div class="film-notice-card own-copy-notice">
        {reading !== null ? (
          <p>
            Reading <bdi class="own-copy-name">{reading}</bdi>…
          </p>
        ) : (
          <>
            <p>
              <b class="own-copy-name">
                <bdi>{name}</bdi>
              </b>{' '}
              {text} {SERVER_PLAYS}
            </p>
            {missing.why === 'permission' ? (
              <button type="button" class="button button-primary button-small" onClick={() => void copies.allow()}>
                Open it again
              </button>
            ) : (
              <ChooseFilm
                label={missing.why === 'again' ? 'Choose it again' : 'Choose another file'}
                class="button button-primary button-small"
                onPick={(picked) => void copies.choose(picked)}
              />
            )}
            <button type="button" class="button button-outline button-small" onClick={() => void copies.playServersFilm()}>
              {KEEP_SERVERS}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
