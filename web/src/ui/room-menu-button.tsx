/** The button of the host menu, with the number of those who wait, and its dialog, whose content loads when opened. */
import { useApp } from './context';
import { Icon } from './icons';
import { lazyComponent } from './lazy';
import { Dialog } from './primitives';
import { isNarrow } from './viewport';

const RoomMenu = lazyComponent(
  async () => (await import('./room-menu')).RoomMenu,
  () => <div class="spinner room-menu-spinner" role="status" aria-label="Loading the menu" />,
);

export function RoomMenuButton({ onClick }: { onClick: () => void }) {
  const { room } = useApp();
  const waiting = room.knocks.value.length;
  return (
    <button
      type="button"
      class="button button-quiet room-menu-button"
      aria-haspopup="dialog"
      aria-label={waiting === 0 ? 'Room menu' : `Room menu, ${waiting} waiting to come in`}
      onPointerEnter={RoomMenu.preload}
      onFocus={RoomMenu.preload}
      onClick={onClick}
    >
      <Icon name="settings" />
      <span class="wide-only" aria-hidden="true">
        Room
      </span>
      {/* The number is drawn by the style: as text it would have to be in the label as it is. */}
      {waiting > 0 && <span class="badge" data-count={waiting} aria-hidden="true" />}
    </button>
  );
}

export function RoomMenuDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { room } = useApp();
  const host = room.isHost.value;
  return (
    <Dialog open={open && host} onClose={onClose} title="Your room" class={isNarrow.value ? 'room-menu sheet' : 'room-menu'}>
      <RoomMenu />
    </Dialog>
  );
}
