/** Sync state of one member. It changes every few seconds, so it is not announced. */
import type { MemberSync } from '../protocol/messages';
import { boundText, driftInWords, driftText, isMeasured, stateWord } from '../room/sync-words';
import { SyncIcon } from './sync-icon';

export function MemberSyncStatus({ status, me }: { status: Omit<MemberSync, 'userId'>; me: boolean }) {
  const { state, drift, bound } = status;
  const word = stateWord(state, me);
  if (word === '') return null;
  const measured = drift !== null && isMeasured(state);
  const full = measured ? driftInWords(drift) : '';
  const clock = bound === null ? '' : `, measured to ${boundText(bound)}`;
  return (
    <span class="member-sync" data-state={state} title={measured ? `${full}${clock}` : undefined}>
      <SyncIcon state={state} />
      <span>{word}</span>
      {measured && (
        <>
          <span class="visually-hidden">{`, ${full}${clock}`}</span>
          <span class="member-drift" aria-hidden="true">
            {driftText(drift)}
            {bound !== null && <small> {boundText(bound)}</small>}
          </span>
        </>
      )}
    </span>
  );
}
