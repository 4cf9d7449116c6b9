/** A message field over the picture, where the chat is out of sight. Closes after sending. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from './context';
import { Composer } from './composer';
import { useEscapeLock } from './escape-lock';

export interface FullscreenChatProps {
  open: boolean;
  onOpen: (on: boolean) => void;
  /** Whether the sent message is shown over the picture. */
  shown: boolean;
}

export function FullscreenChat({ open, onOpen, shown }: FullscreenChatProps) {
  const { toasts } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  useEscapeLock(open);
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
          if (!shown) toasts.show(`You: ${text}`);
          onOpen(false);
        }}
        onLeave={() => onOpen(false)}
      />
    </div>
  );
}
