/** Notice over the room for hosts: who waits to come in. Never takes the focus. */
import type { Knock } from '../protocol/room-access';
import { useApp } from './context';
import { Icon } from './icons';

export function knockText(knocks: readonly Knock[]): string {
  const [first, second] = knocks;
  if (first === undefined) return '';
  if (second === undefined) return `${first.userName} would like to come in`;
  const more = knocks.length - 1;
  return `${first.userName} and ${more === 1 ? second.userName : `${more} others`} would like to come in`;
}

export function KnockNotice({ onShowAll }: { onShowAll: () => void }) {
  const { room, controls } = useApp();
  const knocks = room.isHost.value ? room.knocks.value : [];
  const [first] = knocks;
  return (
    <div class="knock-notice" data-shown={first !== undefined}>
      {/* Always rendered, so that it is announced. */}
      <p class="visually-hidden" role="status">
        {knocks.length === 0 ? '' : `${knockText(knocks)}.`}
      </p>
      {first !== undefined && (
        <section class="knock-card" aria-label="Who waits at the door">
          <span class="knock-icon" aria-hidden="true">
            <Icon name="door" />
          </span>
          <p aria-hidden="true">{knockText(knocks)}</p>
          <div class="knock-buttons">
            {knocks.length > 1 ? (
              <button type="button" class="button button-primary button-small" onClick={onShowAll}>
                See who
              </button>
            ) : (
              <>
                <button
                  type="button"
                  class="button button-primary button-small"
                  aria-label={`Let in ${first.userName}`}
                  onClick={() => void controls.answerKnock(first.knockId, true)}
                >
                  Let in
                </button>
                <button
                  type="button"
                  class="button button-outline button-small"
                  aria-label={`Decline ${first.userName}`}
                  onClick={() => void controls.answerKnock(first.knockId, false)}
                >
                  Decline
                </button>
              </>
            )}
          </div>
        </section>
      )}
    </div>
  );
}
