/** Guesses the language of a subtitle file from its name, such as `film.de.srt`. */
import { languageName } from './track-name';

const NAME = /[ ._-](([a-z]{2,3})(-[a-z0-9]{2,8})?)\.[a-z]{2,4}$/i;

/** Returns the language tag; '' when the name has none. */
export function fileLanguage(name: string): string {
  const tag = NAME.exec(name)?.[1] ?? '';
  return tag !== '' && languageName(tag, ['en']) !== null ? tag : '';
}

/** Returns how a file is called among the subtitles: its language, in that language, or its name. */
export function fileLabel(name: string): string {
  const language = fileLanguage(name);
  const own = language === '' ? null : languageName(language, [language]);
  return own ?? name.replace(/\.[a-z0-9]{2,4}$/i, '');
}
