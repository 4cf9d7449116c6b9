/** The button that lets a viewer choose a film from their device. */
import { useRef } from 'preact/hooks';
import { type PickedFile, hasHandlePicker, pickWithHandle } from '../own-copy/file-handle';

export interface ChooseFilmProps {
  label: string;
  class?: string;
  disabled?: boolean;
  onPick: (picked: PickedFile) => void;
}

export function ChooseFilm({ label, class: look = 'button button-primary', disabled = false, onPick }: ChooseFilmProps) {
  const input = useRef<HTMLInputElement>(null);

  async function choose(): Promise<void> {
    // A picker with handles, so that a refresh finds the file again.
    if (!hasHandlePicker()) {
      input.current?.click();
      return;
    }
    try {
      const picked = await pickWithHandle();
      if (picked !== null) onPick(picked);
    } catch {
      // Where the picker is forbidden, such as in a frame.
      input.current?.click();
    }
  }

  return (
    <>
      <button type="button" class={look} aria-disabled={disabled} onClick={() => !disabled && void choose()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept="video/*,audio/*,.mkv,.avi,.mov,.m4v,.ts"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // Empty, so that the same file can be chosen again.
          event.currentTarget.value = '';
          if (file !== undefined) onPick({ file, handle: null });
        }}
      />
    </>
  );
}
