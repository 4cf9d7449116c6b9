/** The button of the host menu, with the number of those who wait, and its dialog, whose content loads when opened. */
import { type Signal, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp } from './context';
import { Icon } from './icons';
import { Dialog } from './primitives';
import { isNarrow } from './viewport';

const content: Signal<ComponentType | null> = signal(null);
const failed = signal(false);

async function loadContent(): Promise<void> {
  failed.value = false;
  try {
    content.value = (await import('./room-menu')).RoomMenu;
  } catch {
    failed.value = true;
  }
}

export function RoomMenuButton({ onClick }: { onClick: () => void }) {
  const { room } = useApp();
  const waiting = room.knocks.value.length;
  return (
    <button
      type="button"
      class="button button-quiet room-menu-button"
      aria-haspopup="dialog"
      aria-label={waiting === 0 ? 'Room menu' : `Room menu, ${waiting} waiting to come in`}
      onClick={onClick}
    >
      <Icon name="settings" />
      <span class="wide-only" aria-hidden="true">
        Room
      </span>
      {waiting > 0 && (
        <span class="badge" aria-hidden="true">
          {waiting}
        </span>
      )}
    </button>
  );
}

export function RoomMenuDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { room } = useApp();
  const host = room.isHost.value;
  const Menu = content.value;
  useEffect(() => {
    if (open && Menu === null) void loadContent();
  }, [open, Menu]);
  useEffect(() => {
    if (open && !host) onClose();
  }, [open, host]);
  return (
    <Dialog open={open && host} onClose={onClose} title="Your room" class={isNarrow.value ? 'room-menu sheet' : 'room-menu'}>
      {Menu !== null && <Menu />}
      {Menu === null && failed.value && (
        <p class="dialog-text" role="alert">
          The menu could not be loaded.{' '}
          <button type="button" class="text-button" onClick={() => void loadContent()}>
            Try again
          </button>
        </p>
      )}
      {Menu === null && !failed.value && <div class="spinner room-menu-spinner" role="status" aria-label="Loading the menu" />}
    </Dialog>
  );
}
