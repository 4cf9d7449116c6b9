/** A message field over the picture in full screen, where the chat is out of sight. Closes after sending. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from './context';
import { Composer } from './composer';

export function FullscreenChat({ open, onOpen }: { open: boolean; onOpen: (on: boolean) => void }) {
  const { toasts } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  // Before the next key press.
  useLayoutEffect(() => {
    if (open) frame.current?.querySelector('textarea')?.focus();
  }, [open]);
  if (!open) return null;
  return (
    <div class="fullscreen-chat" ref={frame}>
      <Composer
        id="fullscreen-chat-input"
        onSent={(text) => {
          toasts.show(`You: ${text}`);
          onOpen(false);
        }}
        onLeave={() => onOpen(false)}
      />
    </div>
  );
}
