/** The room code and the link to share. */
import { useSignal } from '@preact/signals';
import { siteAddress } from '../app/router';
import { useApp } from './context';
import { Icon } from './icons';

export function useInvite() {
  const { room, toasts } = useApp();
  const copied = useSignal(false);
  const link = location.origin + siteAddress(`/room/${room.roomId.value ?? ''}`);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      copied.value = true;
      toasts.show('Link copied');
    } catch {
      toasts.show(`The link is ${link}`);
    }
  }
  const share =
    typeof navigator.share === 'function'
      ? () => void navigator.share({ title: 'Watch N Chill', text: 'Come and watch with me', url: link }).catch(() => undefined)
      : null;
  return { link, copy, share, copied };
}

export function RoomCode() {
  const { room } = useApp();
  const { copy, copied } = useInvite();
  return (
    <div class="room-code">
      <span class="room-code-text">
        <span class="visually-hidden">Room code </span>
        {room.roomId.value}
      </span>
      <button
        type="button"
        class="room-code-copy"
        onClick={() => void copy()}
        aria-label={copied.value ? 'Copied' : 'Copy link to this room'}
      >
        <Icon name={copied.value ? 'check' : 'link'} />
        <span class="wide-only">{copied.value ? 'Copied' : 'Copy link'}</span>
      </button>
    </div>
  );
}
