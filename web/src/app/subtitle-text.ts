/** The subtitles of one text: a viewer's own file, or what a host shares, read by a worker, with what there is to say about it. */
import { signal } from '@preact/signals';
import { CueTrack } from '../subtitles/cue-track';
import type { Encoding } from '../subtitles/decode';
import type { SubtitleFormat } from '../subtitles/format';
import { leftOutText } from '../subtitles/left-out-text';
import type { ReadResult, ReaderRequest } from '../subtitles/reader';
import { TextProblem } from '../subtitles/text-problem';

/** A text that can become a track: where it comes from is its own matter. */
export interface TextSource {
  id: string;
  label: string;
  /** Language tag; empty when unknown. */
  language: string;
  load(): Promise<Blob>;
}

export interface TextState {
  source: TextSource | null;
  reading: boolean;
  /** Why there is nothing to show. */
  problem: string | null;
  /** What was read, and what was left out, as sentences. */
  notes: readonly string[];
  encoding: Encoding | null;
  /** Whether the viewer may have to correct the encoding. */
  guessed: boolean;
}

export const UNKNOWN_FORMAT = 'This is not a subtitle file that the page can read. SRT, WebVTT, ASS and SSA work.';
export const NOT_READ = 'The file could not be read.';
export const NO_CUES = 'There are no subtitles in this file.';

const EMPTY: TextState = { source: null, reading: false, problem: null, notes: [], encoding: null, guessed: false };
const NO_TRACK = new CueTrack([]);
const FORMAT_NAMES: Record<SubtitleFormat, string> = { srt: 'SRT', vtt: 'WebVTT', ass: 'ASS' };

export interface SubtitleTextPorts {
  languages: readonly string[];
  read(request: ReaderRequest): Promise<ReadResult>;
}

export function createSubtitleText({ languages, read }: SubtitleTextPorts) {
  const state = signal<TextState>(EMPTY);
  let track = NO_TRACK;
  let turn = 0;
  let loaded = Promise.resolve();

  async function load(source: TextSource, encoding: Encoding | null): Promise<void> {
    const mine = ++turn;
    track = NO_TRACK;
    state.value = { ...EMPTY, source, reading: true, encoding };
    const result = await resultOf(source, encoding);
    if (mine !== turn) return;
    if (result !== 'failed' && !(result instanceof TextProblem) && result.format !== null) track = new CueTrack(result.cues);
    state.value = { source, reading: false, ...described(result) };
  }

  async function resultOf(source: TextSource, encoding: Encoding | null): Promise<ReadResult | TextProblem> {
    try {
      return await read({ file: await source.load(), languages, encoding });
    } catch (problem) {
      return problem instanceof TextProblem ? problem : 'failed';
    }
  }

  return {
    state,
    get track(): CueTrack {
      return track;
    },
    /** Reads a text, unless it has been read; resolves when it has. */
    open(source: TextSource): Promise<void> {
      const { source: last, reading, problem } = state.peek();
      if (last !== source || (!reading && problem !== null)) loaded = load(source, null);
      return loaded;
    },
    setEncoding(encoding: Encoding): Promise<void> {
      const { source } = state.peek();
      if (source !== null) loaded = load(source, encoding);
      return loaded;
    },
    clear(): void {
      turn++;
      track = NO_TRACK;
      state.value = EMPTY;
    },
  };
}

function described(result: ReadResult | TextProblem): Omit<TextState, 'source' | 'reading'> {
  if (result instanceof TextProblem) return { problem: result.message, notes: [], encoding: null, guessed: false };
  if (result === 'failed') return { problem: NOT_READ, notes: [], encoding: null, guessed: false };
  const { encoding, guessed } = result;
  if (result.format === null) return { problem: UNKNOWN_FORMAT, notes: [], encoding, guessed };
  const count = result.cues.length;
  const read = `${FORMAT_NAMES[result.format]}, ${count === 1 ? '1 line' : `${count.toLocaleString('en')} lines`}.`;
  const left = leftOutText(result.leftOut);
  return { problem: count === 0 ? NO_CUES : null, notes: count === 0 ? left : [read, ...left], encoding, guessed };
}
