/** The queue beside the chat, or in a sheet on a phone: what is on, what comes, what was. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import '../styles/queue.css';
import '../styles/queue-list.css';
import type { PlayedItem } from '../protocol/queue';
import { titleOfItem } from '../queue/queue-notices';
import { totalSeconds } from '../queue/queue-state';
import { clockText, timeOfDay } from '../room/format';
import { useApp } from './context';
import { IconButton } from './primitives';
import { QueueAddForm } from './queue-add';
import { QueueList } from './queue-list';
import { NowShowing, QueueModes } from './queue-now';
import { AddedBy, Poster, QueueIconButton, useQueue } from './queue-parts';
import { ToastLine } from './toast';

/** @param sheet whether the queue is shown in a dialog, which covers the messages over the film */
export function QueuePanel({ sheet = false }: { sheet?: boolean }) {
  const { room, controls } = useApp();
  const { mayAdd, state, pages, complete } = useQueue();
  const scroller = useRef<HTMLElement>(null);
  const { total } = state.value;

  // The rest of a long list is read when it is shown.
  useEffect(() => {
    if (!complete.value) void pages.readAll();
  }, [complete.value]);

  return (
    <section class="queue" id="panel-queue" role="tabpanel" aria-label="Queue" ref={scroller} tabIndex={-1}>
      <NowShowing />
      {mayAdd.value ? <QueueAddForm /> : <p class="queue-hint">{controls.holdersText.value}, and chooses the films.</p>}
      <UpNextHead />
      <QueueModes />
      {total === 0 ? (
        <p class="queue-empty">
          {mayAdd.value
            ? 'Nothing is next. Paste a few links, and one film follows the other.'
            : `Nothing is next${room.isHost.value ? '' : ' yet'}.`}
        </p>
      ) : (
        <QueueList scroller={scroller} />
      )}
      {pages.progress.value === 'failed' && (
        <p class="queue-hint" role="alert">
          The rest of the list could not be fetched.{' '}
          <button type="button" class="text-button" onClick={() => void pages.readAll()}>
            Try again
          </button>
        </p>
      )}
      <History />
      {sheet && <ToastLine class="queue-toast" />}
    </section>
  );
}

function UpNextHead() {
  const { room } = useApp();
  const { state, list, commands, canUndo, complete } = useQueue();
  const { total } = state.value;
  const seconds = complete.value ? totalSeconds(list.value) : 0;
  return (
    <div class="queue-head">
      <h2>Up next</h2>
      {total > 0 && (
        <p class="queue-hint">
          {total === 1 ? '1 film' : `${total} films`}
          {seconds > 0 && ` · ${clockText(seconds)}`}
        </p>
      )}
      <span class="bar-spacer" />
      {canUndo.value && <IconButton icon="undo" label="Undo the last change" onClick={() => void commands.undo()} />}
      {room.isHost.value && total > 1 && (
        <QueueIconButton icon="shuffle" label="Shuffle" onClick={() => void commands.shuffle()} />
      )}
      {room.isHost.value && total > 0 && (
        <QueueIconButton icon="clear" label="Empty the queue" onClick={() => void commands.clear()} />
      )}
    </div>
  );
}

/** Shows a film again, from where another one took its place. */
function ContinueButton({ item, position }: { item: PlayedItem; position: number }) {
  const { commands } = useQueue();
  const at = clockText(position);
  return (
    <button
      type="button"
      class="button button-outline button-small"
      aria-label={`Continue at ${at}: ${titleOfItem(item)}`}
      onClick={() => void commands.play(item.itemId, position)}
    >
      Continue at {at}
    </button>
  );
}

function History() {
  const { room } = useApp();
  const { state, commands, mayAdd } = useQueue();
  const open = useSignal(false);
  const id = useId();
  const played = state.value.played.toReversed();
  if (played.length === 0) return null;
  return (
    <section class="queue-history">
      <button
        type="button"
        class="queue-history-head"
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => (open.value = !open.value)}
      >
        <span>Played</span>
        <small>{played.length}</small>
      </button>
      <ul id={id} hidden={!open.value} aria-label="Played">
        {open.value &&
          played.map((item) => (
            <li key={item.itemId} class="queue-played" data-left={room.isHost.value && (item.position ?? 0) > 0}>
              <Poster item={item} />
              <span class="queue-row-text">
                <b title={titleOfItem(item)}>{titleOfItem(item)}</b>
                <small>
                  {item.failed === true ? 'did not play' : timeOfDay(item.endedAt)} · <AddedBy item={item} />
                </small>
              </span>
              {room.isHost.value && (item.position ?? 0) > 0 && <ContinueButton item={item} position={item.position!} />}
              {mayAdd.value && (
                <button
                  type="button"
                  class="button button-outline button-small"
                  aria-label={`${titleOfItem(item)} again`}
                  onClick={() => void (room.isHost.value ? commands.play(item.itemId) : commands.addAgain(item))}
                >
                  Again
                </button>
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}
