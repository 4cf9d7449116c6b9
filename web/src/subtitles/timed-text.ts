/** Reads SRT and WebVTT, with the mistakes that real files have. */
import { type Cue, type CueAlign, type CuePlace, areSane, cutLines } from './cue';
import { linesOf } from './lines';
import { readMarkup } from './markup';
import { type Timing, readTiming } from './timing';
import { type ReadStep, emptyStep } from './read-step';

/** Lines and characters of one cue that are read; what is shown has a lower bound. */
const CUE_LINES_READ = 64;
const CUE_CHARS_READ = 8_000;
/** Lines between two steps. */
const STEP_LINES = 2_000;
const NUMBER = /^\s*\d+\s*$/;
/** Blocks of WebVTT that have no cue. */
const BLOCK = /^(?:NOTE|STYLE|REGION)(?:\s|$)/;

/** Reads a file step by step. */
export function* readTimedText(text: string): Generator<ReadStep> {
  let step: ReadStep = emptyStep();
  let timing: Timing | null = null;
  let rows: string[] = [];
  let chars = 0;
  let skipping = false;
  let read = 0;

  const endCue = () => {
    if (timing !== null) addCue(step, timing, rows);
    timing = null;
    rows = [];
    chars = 0;
  };

  for (const line of linesOf(text)) {
    const next = readTiming(line);
    if (next !== null) {
      // Without an empty line before it, the number of this cue stands at the end of the former one.
      if (timing !== null && rows.length > 0 && NUMBER.test(rows.at(-1)!)) rows.pop();
      endCue();
      timing = next;
      skipping = false;
    } else if (line.trim() === '') {
      endCue();
      skipping = false;
    } else if (timing === null) {
      skipping ||= BLOCK.test(line);
    } else if (!skipping && rows.length < CUE_LINES_READ && chars < CUE_CHARS_READ) {
      rows.push(line);
      chars += line.length;
    }
    if (++read % STEP_LINES === 0) {
      yield step;
      step = emptyStep();
    }
  }
  endCue();
  yield step;
}

function addCue(step: ReadStep, timing: Timing, rows: string[]): void {
  const { start, end, settings } = timing;
  if (!areSane(start, end)) {
    step.brokenTimes++;
    return;
  }
  const marked = readMarkup(rows.join('\n'));
  const { lines, cut } = cutLines(marked.lines);
  if (cut) step.longCues++;
  if (lines.length === 0) return;
  const { place, align } = readSettings(settings);
  const cue: Cue = { start, end, lines, place: marked.place ?? place, align: marked.align ?? align };
  step.cues.push(cue);
}

const ALIGN: Record<string, CueAlign> = { start: 'start', left: 'start', end: 'end', right: 'end' };

/** Reads what the page keeps of WebVTT's cue settings: the third of the picture, and the alignment. */
export function readSettings(settings: string): { place: CuePlace; align: CueAlign } {
  let place: CuePlace = null;
  let align: CueAlign = 'center';
  for (const setting of settings.split(/\s+/, 16)) {
    const [, name, value = ''] = /^(line|align):([^,]{1,16})/.exec(setting) ?? [];
    if (name === 'line') place = placeOfLine(value);
    else if (name === 'align' && Object.hasOwn(ALIGN, value)) align = ALIGN[value]!;
  }
  return { place, align };
}

/** Lines counted from above that are in the upper third; a picture has about fifteen. */
const UPPER_LINES = 5;

function placeOfLine(value: string): CuePlace {
  const share = /^(\d{1,3}(?:\.\d+)?)%$/.exec(value);
  if (share !== null) return placeOfShare(Number(share[1]) / 100);
  // Negative lines count from below.
  return /^\d+$/.test(value) && Number(value) < UPPER_LINES ? 'top' : null;
}

/** Returns the place of a height in the picture: 0 is its upper edge. */
export function placeOfShare(share: number): CuePlace {
  return share < 1 / 3 ? 'top' : share < 2 / 3 ? 'middle' : null;
}
