import { lazyComponent } from './lazy';
import { Dialog } from './primitives';

const ShortcutList = lazyComponent(
  async () => (await import('./shortcut-list')).ShortcutList,
  () => <div class="spinner" role="status" aria-label="Loading the list" />,
);

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard">
      <ShortcutList />
    </Dialog>
  );
}
