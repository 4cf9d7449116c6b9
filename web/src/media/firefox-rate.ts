/** Rates of Firefox, whose sound leaves the position at a rate of 1 (docs/decisions/0040-firefox.md). */

/** Three hundredths of a thousandth: 1.8 ms a minute, which the controller corrects like any difference of clocks. */
export const FIREFOX_REST_RATE = 1.00003;
const COUNTS_AS_ONE_FROM = 0.99995;

/**
 * Returns the rate to set in Firefox. Its sound passes a stretcher at any rate but 1. On the way back to 1 it drops what
 * the stretcher holds: the sound is then 25 to 90 ms ahead of the position, until the next seek. So a player that has
 * left 1 rests beside it. Firefox rounds to whole samples a second, so rates a little below 1 are 1 to it.
 */
export function firefoxRate(wanted: number, present: number): number {
  const near = wanted > COUNTS_AS_ONE_FROM && wanted < FIREFOX_REST_RATE;
  return near && !(wanted === 1 && present === 1) ? FIREFOX_REST_RATE : wanted;
}
