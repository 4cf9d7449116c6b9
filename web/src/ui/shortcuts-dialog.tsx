import { SHORTCUTS } from '../app/keyboard-shortcuts';
import { Dialog } from './primitives';
import { useApp } from './context';

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { room } = useApp();
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard">
      <dl class="shortcut-list">
        {SHORTCUTS.map(({ keys, does, host }) => (
          <div class="shortcut-row" key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>
              {does}
              {host === true && !room.mayControl.value && <small> – whoever holds the remote</small>}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
