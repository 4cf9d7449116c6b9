/** Returns the distance from 1 to the next offered rate; 0 when there is none. */
export function smallestStep(rates: readonly number[]): number {
  const faster = rates.filter((rate) => rate > 1);
  const slower = rates.filter((rate) => rate < 1);
  if (faster.length === 0 || slower.length === 0) return 0;
  return Math.max(Math.min(...faster) - 1, 1 - Math.max(...slower));
}
