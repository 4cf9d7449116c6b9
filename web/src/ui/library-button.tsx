/** The button "Films on this server" in the forms that choose films; there is none without a library. */
import { useEffect } from 'preact/hooks';
import { useApp } from './context';
import { LibraryDialog } from './library-lazy';

export interface LibraryButtonProps {
  small?: boolean;
  /** Called when a film of the library is shown in place of another. */
  onDone?: (() => void) | undefined;
}

export const ON_SERVER = 'Films on this server';

export function LibraryButton({ small = false, onDone }: LibraryButtonProps) {
  const { library, queue, room, connection } = useApp();
  const mayAdd = queue.loaded.value?.mayAdd.value ?? room.isHost.value;
  const connected = connection.value === 'connected';
  useEffect(() => {
    if (!mayAdd || !connected) return;
    library.load().then(
      ({ presence }) => presence.check(),
      () => undefined,
    );
  }, [mayAdd, connected]);
  if (!mayAdd || library.loaded.value?.presence.presence.value !== 'present') return null;
  return (
    <button
      type="button"
      class={`button button-outline ${small ? 'button-small' : ''}`}
      aria-haspopup="dialog"
      onPointerEnter={LibraryDialog.preload}
      onFocus={LibraryDialog.preload}
      onClick={() => (library.shown.value = { onDone })}
    >
      {ON_SERVER}
    </button>
  );
}
