/** The emoji picker, whose code loads when it is first opened. */
import { useRef } from 'preact/hooks';
import { lazyComponent } from './lazy';
import { Dialog } from './primitives';
import { isNarrow } from './viewport';

export interface EmojiPickerProps {
  onPick: (emoji: string) => void;
}

const EmojiPicker = lazyComponent<EmojiPickerProps>(
  async () => (await import('./emoji-picker')).EmojiPicker,
  () => (
    <p class="emoji-loading" role="status">
      Opening…
    </p>
  ),
);

export interface EmojiDialogProps {
  open: boolean;
  title: string;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

export function EmojiDialog({ open, title, onPick, onClose }: EmojiDialogProps) {
  const used = useRef(false);
  used.current ||= open;
  if (!used.current) return null;
  return (
    <Dialog open={open} onClose={onClose} title={title} class={isNarrow.value ? 'sheet emoji-dialog' : 'emoji-dialog'}>
      <EmojiPicker
        onPick={(emoji) => {
          onPick(emoji);
          onClose();
        }}
      />
    </Dialog>
  );
}
