/** Who waits to come in, with the buttons to answer. Loaded when somebody knocks. */
import type { Knock } from '../protocol/room-access';
import { useApp } from './context';
import { Icon } from './icons';
import '../styles/knock-card.css';

export function KnockCard({ knocks, text, onShowAll }: { knocks: readonly Knock[]; text: string; onShowAll: () => void }) {
  const { controls } = useApp();
  const first = knocks[0]!;
  return (
    <section class="knock-card" aria-label="Who waits at the door">
      <span class="knock-icon" aria-hidden="true">
        <Icon name="door" />
      </span>
      <p aria-hidden="true">{text}</p>
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
  );
}
