/** The form that sets the film. Loaded when it is shown. */
import { useSignal } from '@preact/signals';
import { siteAddress } from '../app/router';
import type { Queue } from '../queue/queue';
import '../styles/film-form.css';
import { Field } from './primitives';
import { useApp } from './context';
import { LibraryButton } from './library-lazy';
import { OwnFilmButton } from './own-film-lazy';

export function FilmForm({ onDone, autoFocus = false }: { onDone?: () => void; autoFocus?: boolean }) {
  const { controls, queue } = useApp();
  const link = useSignal('');
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);

  async function set(value: string): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    problem.value = await controls.setVideo(value);
    busy.value = false;
    if (problem.value !== null) return;
    link.value = '';
    onDone?.();
  }

  /** With more than one link, the first is shown and the others are queued. */
  const queued = (link.value.match(/https?:\/\//gi)?.length ?? 0) > 1 ? queue.loaded.value : null;

  async function queueAll({ commands }: Queue): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const done = await commands.add(link.value, 'now');
    busy.value = false;
    problem.value = done.problem ?? done.rejected[0]?.problem ?? null;
    if (done.added === 0) return;
    link.value = done.rejected.map((one) => one.text).join(' ');
    onDone?.();
  }

  return (
    <form
      class="film-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void (queued === null ? set(link.value) : queueAll(queued));
      }}
    >
      <Field
        label="Paste a YouTube link, or one to a film"
        value={link.value}
        onInput={(value) => {
          link.value = value;
          problem.value = null;
        }}
        problem={problem.value}
        autoFocus={autoFocus}
        input={{ type: 'text', inputMode: 'url', name: 'film', autocomplete: 'off', spellcheck: false, placeholder: 'https://' }}
      />
      <div class="film-buttons">
        <button type="submit" class="button button-primary" aria-disabled={busy.value}>
          {busy.value ? 'Trying it…' : queued === null ? 'Show it' : 'Show the first, queue the rest'}
        </button>
        <button
          type="button"
          class="button button-outline"
          onClick={() => void set(location.origin + siteAddress('/media/sample.mp4'))}
        >
          Try the sample film
        </button>
        <LibraryButton onDone={onDone} />
        <OwnFilmButton place="show" onDone={onDone} />
      </div>
    </form>
  );
}
