/** The form that adds films to the queue, and its dialog. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { AddResult, Place } from '../queue/queue-commands';
import { useApp } from './context';
import { LibraryButton } from './library-button';
import { OwnFilmButton } from './own-film-button';
import { Dialog } from './primitives';
import { useQueue } from './queue-parts';

const PLACES: { place: Place; label: string; name: string }[] = [
  { place: 'end', label: 'Add', name: 'Add to the end' },
  { place: 'next', label: 'Play next', name: 'Play next' },
  { place: 'now', label: 'Play now', name: 'Play now' },
];
/** Rejected links that are listed; the others are counted. */
const REJECTED_SHOWN = 4;
const TEXT_SHOWN = 60;

function shortened(text: string): string {
  return text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN)}…` : text;
}

export function QueueAddForm({
  text = '',
  autoFocus = false,
  onDone,
}: {
  text?: string;
  autoFocus?: boolean;
  onDone?: () => void;
}) {
  const { room } = useApp();
  const { commands } = useQueue();
  const links = useSignal(text);
  const busy = useSignal(false);
  const result = useSignal<AddResult | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const places = room.isHost.value ? PLACES : PLACES.slice(0, 2);
  const rejected = result.value?.rejected ?? [];
  const problem = result.value?.problem ?? null;

  useEffect(() => {
    if (autoFocus) area.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  async function add(place: Place): Promise<void> {
    if (busy.value) return;
    if (links.value.trim() === '') {
      area.current?.focus();
      return;
    }
    busy.value = true;
    result.value = null;
    const done = await commands.add(links.value, place);
    busy.value = false;
    const all = done.rejected.length === 0 && done.problem === null;
    result.value = all ? null : done;
    // What was no film stays in the field, so that it can be corrected.
    if (done.added > 0) links.value = done.rejected.map((one) => one.text).join('\n');
    if (all && done.added > 0) onDone?.();
  }

  return (
    <form
      class="queue-add"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add('end');
      }}
    >
      <div class="field field-flat">
        <label for={id}>Paste one or more links</label>
        <textarea
          ref={area}
          id={id}
          rows={Math.min(4, Math.max(1, links.value.split('\n').length))}
          value={links.value}
          placeholder="https://"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          aria-describedby={`${id}-problem`}
          aria-invalid={rejected.length > 0 || problem !== null}
          onInput={(event) => {
            links.value = event.currentTarget.value;
            result.value = null;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void add('end');
          }}
        />
      </div>
      <div class="queue-places" role="group" aria-label="Where">
        {places.map(({ place, label, name }) => (
          <button
            key={place}
            type={place === 'end' ? 'submit' : 'button'}
            class={place === 'end' ? 'button button-primary button-small' : 'button button-outline button-small'}
            aria-label={name}
            aria-disabled={busy.value}
            onClick={place === 'end' ? undefined : () => void add(place)}
          >
            {label}
          </button>
        ))}
        {busy.value && (
          <span class="queue-trying" role="status">
            Trying…
          </span>
        )}
      </div>
      <div class="queue-own-film">
        <LibraryButton small onDone={onDone} />
        <OwnFilmButton place="end" small onDone={onDone} />
      </div>
      <div id={`${id}-problem`} role="alert" class="queue-rejected">
        {problem !== null && <p>{problem}</p>}
        {rejected.length > 0 && (
          <>
            <p>{rejectedTitle(result.value?.added ?? 0, rejected.length)}</p>
            <ul>
              {rejected.slice(0, REJECTED_SHOWN).map((one) => (
                <li key={one.text}>
                  <b>{shortened(one.text)}</b> {one.problem}
                </li>
              ))}
              {rejected.length > REJECTED_SHOWN && <li>and {rejected.length - REJECTED_SHOWN} more</li>}
            </ul>
          </>
        )}
      </div>
    </form>
  );
}

function rejectedTitle(added: number, rejected: number): string {
  if (added === 0) return rejected === 1 ? 'This is no film:' : 'None of these is a film:';
  return `${added} added. ${rejected === 1 ? 'This one is no film:' : `These ${rejected} are no films:`}`;
}

/** The same form for what was dropped onto the page. */
export function QueueAddDialog() {
  const { adding } = useQueue();
  const text = adding.value;
  const close = () => (adding.value = null);
  return (
    <Dialog open={text !== null} onClose={close} title="Add to the queue">
      {text !== null && <QueueAddForm text={text} autoFocus onDone={close} />}
    </Dialog>
  );
}
