/** Why this viewer's player cannot follow the room, what happens next, and what to do. Loaded when that happens. */
import type { Stuck } from '../app/player-host';
import { clockText } from '../room/format';
import { useApp } from './context';

/**
 * Returns the notice.
 * @param target position of the room's film
 * @param running whether the room plays
 */
function stuckText({ why, at, ahead }: Stuck, target: number, running: boolean): { title: string; now: string } {
  if (why === 'advert') {
    return { title: 'The site of this film shows an advertisement.', now: 'You catch up with the others when it is over.' };
  }
  const title =
    why === 'server'
      ? 'This film’s server cannot jump, so your film cannot follow.'
      : `Your film does not get to ${clockText(target)}. The others go on.`;
  const here = clockText(at);
  if (!running) return { title, now: `It stands at ${here}, the others at ${clockText(target)}.` };
  return {
    title,
    now: ahead ? `It waits at ${here} until the others are there.` : `It is at ${here} and catches up slowly.`,
  };
}

export function StuckCard({ stuck }: { stuck: Stuck }) {
  const { playerHost, room, controls } = useApp();
  const words = stuckText(stuck, playerHost.position.value, controls.running.value);
  return (
    <div class="film-notice-card">
      <p>
        {words.title} <span class="film-notice-detail">{words.now}</span>
      </p>
      {stuck.why !== 'advert' && (
        <div class="film-buttons">
          <button type="button" class="button button-outline button-small" onClick={() => playerHost.retry()}>
            Load it again
          </button>
          {room.mayControl.value && (
            <button type="button" class="button button-primary button-small" onClick={() => void controls.restartFilm()}>
              Start over for all
            </button>
          )}
        </div>
      )}
    </div>
  );
}
