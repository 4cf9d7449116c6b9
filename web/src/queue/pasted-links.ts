/** Reads the links of films in a pasted or dropped text. */
import { readVideoLink } from '../protocol/video-link';

export interface PastedFilm {
  url: string;
  /** Whether the link itself says that it is a film; else the page tries it. */
  sure: boolean;
}

export interface RejectedLink {
  text: string;
  problem: string;
}

export interface PastedLinks {
  films: PastedFilm[];
  rejected: RejectedLink[];
}

const LINK = /https?:\/\/[^\s<>"«»“”]+/gi;
/** Longest text that is read; 500 links of an ordinary length are shorter. */
const TEXT_MAX = 100_000;

/** Returns the texts that may be links: all addresses of a line, or what the line is made of. */
function candidates(line: string): string[] {
  const links = line.match(LINK);
  if (links !== null) return links.length === 1 ? [line] : links.map((link) => link.replace(/[.,;:!?…]+$/, ''));
  // "youtu.be/abc, films.example/b.mp4"
  const parts = line.split(/[\s,;]+/).filter((part) => part !== '');
  return parts.length > 1 && parts.some((part) => readVideoLink(part).ok) ? parts : [line];
}

/** Returns the films of a text in their order, each once, and what in it is no film. */
export function readPastedLinks(text: string): PastedLinks {
  const films = new Map<string, PastedFilm>();
  const rejected: RejectedLink[] = [];
  const lines = text.slice(0, TEXT_MAX).split(/[\r\n]+/);
  for (const raw of lines.flatMap((line) => (line.trim() === '' ? [] : candidates(line.trim())))) {
    const link = readVideoLink(raw);
    if (link.ok) films.set(link.url, { url: link.url, sure: link.sure });
    else rejected.push({ text: raw, problem: link.problem });
  }
  return { films: [...films.values()], rejected };
}
