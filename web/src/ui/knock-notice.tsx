/** Notice over the room for hosts: who waits to come in. Never takes the focus. */
import type { Knock } from '../protocol/room-access';
import { useApp } from './context';
import { lazyComponent } from './lazy';

const KnockCard = lazyComponent(async () => (await import('./knock-card')).KnockCard);

export function knockText(knocks: readonly Knock[]): string {
  const [first, second] = knocks;
  if (first === undefined) return '';
  if (second === undefined) return `${first.userName} would like to come in`;
  const more = knocks.length - 1;
  return `${first.userName} and ${more === 1 ? second.userName : `${more} others`} would like to come in`;
}

export function KnockNotice({ onShowAll }: { onShowAll: () => void }) {
  const { room } = useApp();
  const knocks = room.isHost.value ? room.knocks.value : [];
  const isShown = knocks.length > 0;
  return (
    <div class="knock-notice" data-shown={isShown}>
      {/* Always rendered, so that it is announced. */}
      <p class="visually-hidden" role="status">
        {isShown ? `${knockText(knocks)}.` : ''}
      </p>
      {isShown && <KnockCard knocks={knocks} text={knockText(knocks)} onShowAll={onShowAll} />}
    </div>
  );
}
