/** Over the picture, while it fills the screen: a field to write in, because the chat is out of sight. It closes when it is sent. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from './context';
import { Composer } from './composer';

export function StageChat({ open, onOpen }: { open: boolean; onOpen: (on: boolean) => void }) {
  const { toasts } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  // Before the next key comes.
  useLayoutEffect(() => {
    if (open) frame.current?.querySelector('textarea')?.focus();
  }, [open]);
  if (!open) return null;
  return (
    <div class="stage-chat" ref={frame}>
      <Composer
        id="stage-chat-input"
        onSent={(text) => {
          toasts.show(`You: ${text}`);
          onOpen(false);
        }}
        onLeave={() => onOpen(false)}
      />
    </div>
  );
}
