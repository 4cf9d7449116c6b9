/** Over the film, while this viewer's player cannot follow it: what is the matter, what becomes of it, and what can be done. */
import type { Stuck } from '../app/theatre';
import { clockText } from '../room/time-text';
import { useApp } from './context';

/** In words; `target` is where the film of the room is, `running` whether it plays. */
export function stuckText({ why, at, ahead }: Stuck, target: number, running: boolean): { title: string; now: string } {
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

export function StuckLine() {
  const { theatre, room, remote } = useApp();
  const stuck = theatre.stuck.value;
  const words = stuck === null ? null : stuckText(stuck, theatre.position.value, remote.running.value);
  return (
    <div class="wait stuck" data-shown={words !== null}>
      {/* Always there, so that it is announced, and without the times, so that it is announced once. */}
      <p class="visually-hidden" role="status">
        {stuck === null ? '' : 'Your film cannot follow the others. '}
      </p>
      {words !== null && (
        <div class="wait-card">
          <p>
            {words.title} <span class="wait-left">{words.now}</span>
          </p>
          <div class="film-doors">
            <button type="button" class="button button-line button-small" onClick={() => theatre.retry()}>
              Load it again
            </button>
            {room.isHost.value && (
              <button type="button" class="button button-lamp button-small" onClick={() => void remote.startOver()}>
                Start over for all
              </button>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
