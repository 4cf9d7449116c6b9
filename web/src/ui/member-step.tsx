/** How well one member keeps step. It changes every few seconds, so it is read when it is looked at, not announced. */
import type { MemberSync } from '../protocol/messages';
import { boundText, driftInWords, driftText, isMeasured, stateWord } from '../room/step-words';
import { StepMark } from './step-mark';

export function MemberStep({ told, me }: { told: Omit<MemberSync, 'userId'>; me: boolean }) {
  const { state, drift, bound } = told;
  const word = stateWord(state, me);
  if (word === '') return null;
  const measured = drift !== null && isMeasured(state);
  const full = measured ? driftInWords(drift) : '';
  const clock = bound === null ? '' : `, measured to ${boundText(bound)}`;
  return (
    <span class="person-step" data-state={state} title={measured ? `${full}${clock}` : undefined}>
      <StepMark state={state} />
      <span>{word}</span>
      {measured && (
        <>
          <span class="visually-hidden">{`, ${full}${clock}`}</span>
          <span class="person-drift" aria-hidden="true">
            {driftText(drift)}
            {bound !== null && <small> {boundText(bound)}</small>}
          </span>
        </>
      )}
    </span>
  );
}
