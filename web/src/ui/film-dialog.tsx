/** The dialog that sets another film; its form loads when it is opened. */
import { lazyComponent } from './lazy';
import { Dialog } from './primitives';

const FilmForm = lazyComponent<{ onDone: () => void; autoFocus: boolean }>(
  async () => (await import('./film-form')).FilmForm,
  () => <div class="spinner" role="status" aria-label="Loading the form" />,
);

export function FilmDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="What are we watching?">
      <p class="dialog-text">The new film replaces the one on the screen, for everybody.</p>
      <FilmForm onDone={onClose} autoFocus />
    </Dialog>
  );
}
