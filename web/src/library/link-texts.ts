/** The subtitles that come with the link of a film (LB11), as texts that a viewer can choose. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { TextSource } from '../app/subtitle-text';
import { siteAddress } from '../net/base-path';
import { MEDIA_PATH, type MediaLink } from '../protocol/library';
import { UNKNOWN_LANGUAGE } from '../protocol/subtitles';
import { fetchText } from '../subtitles/fetch-text';
import { TextProblem } from '../subtitles/text-problem';

export const NOT_SENT = 'The server could not send these subtitles. Switch them off and on to try again.';

export function createLinkTexts(after: (ms: number, run: () => void) => () => void) {
  const sources = signal<readonly TextSource[]>([]);
  let tracks: NonNullable<MediaLink['subtitles']> = [];
  let shape = '[]';

  async function load(at: number): Promise<Blob> {
    const path = tracks[at]?.url;
    if (path?.startsWith(MEDIA_PATH) !== true) throw new TextProblem(NOT_SENT);
    try {
      return await fetchText(new URL(siteAddress(path), document.baseURI).href, after);
    } catch {
      throw new TextProblem(NOT_SENT);
    }
  }

  return {
    sources: sources as ReadonlySignal<readonly TextSource[]>,
    /** Takes over the subtitles of a link. The same ones of a renewed link stay the same sources. */
    accept({ subtitles = [] }: Pick<MediaLink, 'subtitles'>): void {
      tracks = subtitles;
      const next = JSON.stringify(subtitles.map(({ label, language }) => [label, language]));
      if (next === shape) return;
      shape = next;
      sources.value = subtitles.map(({ label, language }, at) => ({
        id: `link ${at}`,
        label,
        language: language === UNKNOWN_LANGUAGE ? '' : language,
        load: () => load(at),
      }));
    },
  };
}
