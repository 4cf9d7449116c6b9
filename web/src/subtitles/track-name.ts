/** Names tracks for viewers. */

const LABEL_CHARS_MAX = 80;

/** Returns the label of a track, with its language where the label does not say it; a number where both are missing. */
export function trackName(track: { label: string; language: string }, at: number, languages: readonly string[]): string {
  const { language } = track;
  const label = track.label.trim().slice(0, LABEL_CHARS_MAX);
  const name = languageName(language, languages);
  if (label === '' || label === language) return name ?? (label || `Track ${at + 1}`);
  const names = [name, languageName(language, [language])].filter((one) => one !== null);
  const says = names.some((one) => label.toLowerCase().includes(one.toLowerCase()));
  return name === null || says ? label : `${label} (${name})`;
}

/** Returns the name of a language in one of some languages; null when it has none. */
export function languageName(tag: string, languages: readonly string[]): string | null {
  try {
    return new Intl.DisplayNames([...languages, 'en'], { type: 'language', fallback: 'none' }).of(tag) ?? null;
  } catch {
    return null;
  }
}
