/** Reads subtitle files of the corpus, and texts, as the page reads them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cue } from '../../src/subtitles/cue';
import type { Encoding } from '../../src/subtitles/decode';
import { type ReadFile, type UnknownFile, readFile } from '../../src/subtitles/read-file';

export interface Choice {
  languages?: string[];
  encoding?: Encoding;
}

export function corpusBytes(name: string): Uint8Array {
  return readFileSync(join(import.meta.dirname, '../../../testdata/subtitles', name));
}

export function readBytes(bytes: Uint8Array, { languages = ['en'], encoding }: Choice = {}): ReadFile | UnknownFile {
  return readFile(bytes, { languages, encoding: encoding ?? null, size: bytes.length }, () => 0);
}

/** Reads a file that has a known format. */
export function readCorpus(name: string, choice?: Choice): ReadFile {
  return known(readBytes(corpusBytes(name), choice));
}

export function readText(text: string): ReadFile {
  return known(readBytes(new TextEncoder().encode(text)));
}

function known(file: ReadFile | UnknownFile): ReadFile {
  if (file.format === null) throw new Error('the format is unknown');
  return file;
}

export function textOf(cue: Cue): string {
  return cue.lines.map((line) => line.map((span) => span.text).join('')).join('\n');
}

/** Returns cues as short rows: start, end, text. */
export function rows({ cues }: ReadFile): [number, number, string][] {
  return cues.map((cue) => [cue.start, cue.end, textOf(cue)]);
}
