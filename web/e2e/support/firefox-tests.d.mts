/** The tests of the Firefox suite, by their files. */
export const FIREFOX_SUITE: Record<string, readonly string[]>;
/** Why tests cannot run in Firefox, by their files and names. */
export const FIREFOX_CANNOT: Record<string, Record<string, string>>;
export function firefoxSuiteSize(): number;
export function firefoxLeftOut(): string[];
