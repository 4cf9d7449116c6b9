// Judges what members noticed. Pure.

/** The bound for answers to clock requests at p99, ms. */
export const CLOCK_P99_MS = 50;
/** The bound for the heap afterwards, relative to before. */
export const HEAP_FACTOR = 1.1;
/** What a JVM and its libraries build once, on first use, MB: allowed where the attacks were not rehearsed. */
const BUILT_ONCE_MB = 2;
/** The least share of the expected answers for a verdict. */
const SAMPLES_PART = 0.5;

/** More lines of log than this in one phase fill a disk, and hide what else is wrong. */
const LOG_LINES_MAX = 100;

const EXAMPLES = 3;
const some = (list) => {
  const texts = list.slice(0, EXAMPLES).map(({ who, what }) => `${who}: ${what}`);
  return list.length > EXAMPLES ? `${texts.join('; ')}; …` : texts.join('; ');
};

/**
 * Why a phase is not good enough, as sentences; empty when it is.
 *
 * @param phase the recorder's figures, with `seconds`, `ailment` and `attack` ({ counts, problem }, absent in a calm phase)
 * @param calm the calm phase beside it
 * @param timed whether latency is judged
 */
export function shortcomings(phase, { calm, timed }) {
  const { clock, refusals, disconnects, ailment, logLines, attack } = phase;
  const why = [];
  if (ailment !== null) why.push(ailment);
  if (refusals.length > 0) why.push(`${refusals.length} refused: ${some(refusals)}`);
  if (disconnects.length > 0) why.push(`${disconnects.length} disconnected: ${some(disconnects)}`);
  if (logLines > LOG_LINES_MAX) why.push(`${logLines} lines of log`);
  const expected = (SAMPLES_PART * calm.clock.count * phase.seconds) / calm.seconds;
  if (clock.count < expected) why.push(`only ${clock.count} questions for the clock`);
  if (timed && !(clock.p99 < CLOCK_P99_MS)) why.push(`clock answers at p99 ${shown(clock.p99)} ms, not under ${CLOCK_P99_MS}`);
  if (attack !== undefined) {
    if (attack.problem !== undefined) why.push(`the attack broke: ${attack.problem.split('\n')[0]}`);
    if (Object.keys(attack.counts).length === 0) why.push('the attack did nothing');
  }
  return why;
}

/** Returns the bound for the heap after the attacks, MB. */
export const heapMbMax = (beforeMb, rehearsed) => Math.max(beforeMb * HEAP_FACTOR, rehearsed ? 0 : beforeMb + BUILT_ONCE_MB);

/** Returns why the heap after the attacks is too large, as sentences. */
export function heapShortcomings({ beforeMb, afterMb, rehearsed }) {
  if (beforeMb === null || afterMb === null) return ['the heap could not be measured'];
  const most = heapMbMax(beforeMb, rehearsed);
  if (afterMb <= most) return [];
  return [`${afterMb} MB, more than ${most.toFixed(1)} MB, where ${beforeMb} MB were before`];
}

/** A latency in words. */
export const shown = (ms) => (ms === null ? '–' : Number.isFinite(ms) ? ms.toFixed(1) : 'never');
