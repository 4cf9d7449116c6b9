/** The card over the picture at the end of a film: what comes next and when, and the way to stay. */
import '../styles/queue-end-card.css';
import { ANNOUNCED_S } from '../queue/film-end';
import { titleOfItem } from '../queue/queue-notices';
import { useApp } from './context';
import { Poster, useQueue } from './queue-parts';

export function QueueEndCard() {
  const { room, playerHost } = useApp();
  const { end, state, commands, stayHere } = useQueue();
  const host = room.isHost.value;
  const staying = playerHost.staying.value;
  const now = staying ? null : end.value;
  const { current } = state.value;
  const item = staying ? current : now?.item;
  const title = item ? titleOfItem(item) : 'the next film';
  const shown = staying || (now !== null && (now.kind === 'soon' || host));
  return (
    <div class="next-card-frame" data-shown={shown}>
      {/* Always rendered, so that it is announced; without the seconds, so that it is announced once. */}
      <p class="visually-hidden" role="status">
        {now?.kind === 'soon' ? `Next: ${title}. It plays by itself in a few seconds.` : ''}
      </p>
      {shown && (
        <div class="next-card" role="group" aria-label={staying ? 'The others have gone on' : 'Next film'}>
          {item && <Poster item={item} large />}
          <div class="next-card-text">
            <small>{staying ? 'The others watch' : 'Next'}</small>
            <b>{title}</b>
            {now?.kind === 'soon' && (
              <span class="next-card-time" aria-hidden="true">
                plays in {now.secondsLeft} s
              </span>
            )}
          </div>
          <div class="next-card-buttons">
            {staying && (
              <button type="button" class="button button-primary button-small" onClick={() => playerHost.rejoin()}>
                Join them
              </button>
            )}
            {now !== null && host && (
              <button type="button" class="button button-primary button-small" onClick={() => void commands.next()}>
                Play now
              </button>
            )}
            {now?.kind === 'soon' && (
              <button type="button" class="button button-outline button-small" onClick={() => void stayHere()}>
                Stay here
              </button>
            )}
          </div>
          {now?.kind === 'soon' && (
            <span class="next-card-bar" aria-hidden="true">
              <i style={{ transform: `scaleX(${1 - now.secondsLeft / ANNOUNCED_S})` }} />
            </span>
          )}
        </div>
      )}
    </div>
  );
}
