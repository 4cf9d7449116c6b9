/** The top of the queue: the film on the screen, votes to skip it, and how the queue goes on. */
import type { QueueMode } from '../protocol/queue';
import { titleOfItem } from '../queue/queue-notices';
import { useApp } from './context';
import { AddedBy, Poster, QueueIcon, QueueIconButton, useQueue } from './queue-parts';

export function NowShowing() {
  const { room } = useApp();
  const { state, commands, next } = useQueue();
  const { current, skip, played } = state.value;
  if (current === null) return null;
  const host = room.isHost.value;
  return (
    <section class="queue-now" aria-label="On the screen">
      <Poster item={current} large />
      <div class="queue-now-text">
        <h2>{titleOfItem(current)}</h2>
        <small>
          added by <AddedBy item={current} />
        </small>
      </div>
      <div class="queue-now-tools">
        {room.settings.value.skipShare > 0 && (
          <button
            type="button"
            class="queue-chip"
            aria-pressed={commands.votedSkip.value}
            onClick={() => void commands.voteSkip()}
          >
            <span>
              <span class="visually-hidden">Vote to </span>
              Skip
            </span>
            {/* How many are needed is known with the first vote. */}
            {skip.votes > 0 && (
              <span class="queue-count">
                {skip.votes} of {skip.needed}
              </span>
            )}
          </button>
        )}
        <span class="bar-spacer" />
        {host && (
          <>
            <QueueIconButton
              icon="previous"
              label="Previous film"
              disabled={played.length === 0}
              onClick={() => void commands.previous()}
            />
            <QueueIconButton icon="next" label="Next film" disabled={next.value === null} onClick={() => void commands.next()} />
          </>
        )}
      </div>
    </section>
  );
}

const LOOPS: Record<QueueMode['loop'], { label: string; next: QueueMode['loop'] }> = {
  none: { label: 'Repeat', next: 'all' },
  all: { label: 'Repeat all', next: 'one' },
  one: { label: 'Repeat one', next: 'none' },
};

/** How the queue goes on: buttons for hosts, words for guests. */
export function QueueModes() {
  const { room } = useApp();
  const { state, commands } = useQueue();
  const { loop, autoplay, order } = state.value.mode;
  if (!room.isHost.value) {
    const words = [
      autoplay ? 'plays on by itself' : 'a host starts each film',
      ...(loop === 'none' ? [] : [loop === 'one' ? 'repeats this film' : 'repeats']),
      ...(order === 'votes' ? ['most votes first'] : []),
    ].join(' · ');
    return <p class="queue-modes queue-hint">{words.charAt(0).toUpperCase() + words.slice(1)}</p>;
  }
  return (
    <div class="queue-modes" role="group" aria-label="How the queue goes on">
      <button
        type="button"
        class="queue-chip"
        aria-pressed={autoplay}
        title="The next film starts by itself"
        onClick={() => void commands.setMode({ autoplay: !autoplay })}
      >
        Play on
      </button>
      <button
        type="button"
        class="queue-chip"
        aria-pressed={order === 'votes'}
        title="The film with most votes is next"
        onClick={() => void commands.setMode({ order: order === 'votes' ? 'manual' : 'votes' })}
      >
        By votes
      </button>
      <button
        type="button"
        class="queue-chip"
        data-on={loop !== 'none'}
        aria-label={`Repeat: ${loop === 'none' ? 'off' : loop === 'one' ? 'this film' : 'all'}`}
        onClick={() => void commands.setMode({ loop: LOOPS[loop].next })}
      >
        <QueueIcon name="repeat" />
        <span aria-hidden="true">{LOOPS[loop].label}</span>
      </button>
    </div>
  );
}
