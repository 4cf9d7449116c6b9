/**
 * Reads ASS and SSA with the library ass-compiler. Text, styles, colours and places are kept; drawings, movements and
 * effects are not.
 */
import { type CompiledASSStyleTag, type Dialogue, compile } from 'ass-compiler';
import { colorOfBgr } from './colors';
import { type CueAlign, type CueColor, type CueLine, type CuePlace, areSane, cutLines } from './cue';
import { linesOf } from './lines';
import { addSpan, cleanText, placeOfAlignment, trimLines } from './markup';
import { type ReadStep, emptyStep } from './read-step';
import { placeOfShare } from './timed-text';

const STYLES_MAX = 1_000;
/** Events that the library reads in one step. */
const STEP_EVENTS = 200;
const STEP_LINES = 5_000;
const DEFAULT_FORMAT = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';
const DEFAULT_HEIGHT = 288;

/** What stands before the events of a file, and is given to the library with each part of them. */
interface Head {
  info: string[];
  stylesFormat: string;
  styles: string[];
  eventsFormat: string;
  /** Whether alignments are numbered as in SSA version 4. */
  old: boolean;
}

type Section = 'info' | 'styles' | 'events' | 'other';

/** Reads a file step by step. */
export function* readAss(text: string): Generator<ReadStep> {
  const head: Head = { info: [], stylesFormat: '', styles: [], eventsFormat: DEFAULT_FORMAT, old: false };
  let section: Section = 'other';
  let events: string[] = [];
  let read = 0;
  for (const raw of linesOf(text)) {
    const line = raw.trim();
    const opened = /^\[(.{1,40})\]$/.exec(line)?.[1]?.toLowerCase();
    if (opened !== undefined) {
      section = sectionOf(opened);
      if (opened === 'v4 styles') head.old = true;
    } else if (/^Dialogue[ \t]*:/i.test(line)) {
      events.push(closeTags(line));
    } else {
      addToHead(head, section, line);
    }
    if (events.length >= STEP_EVENTS || ++read % STEP_LINES === 0) {
      yield readEvents(head, events);
      events = [];
    }
  }
  yield readEvents(head, events);
}

function sectionOf(name: string): Section {
  if (name === 'script info') return 'info';
  if (/^v4\+? styles$/.test(name)) return 'styles';
  return name === 'events' ? 'events' : 'other';
}

function addToHead(head: Head, section: Section, line: string): void {
  if (section === 'info' && /^(?:PlayResX|PlayResY|WrapStyle)[ \t]*:/i.test(line) && head.info.length < 10) head.info.push(line);
  const isFormat = /^Format[ \t]*:/i.test(line);
  if (section === 'styles' && isFormat) head.stylesFormat = line;
  else if (section === 'styles' && /^Style[ \t]*:/i.test(line) && head.styles.length < STYLES_MAX) head.styles.push(line);
  else if (section === 'events' && isFormat && /,[ \t]*Text$/i.test(line)) head.eventsFormat = line;
}

/** Removes braces that nothing closes; the library would search the rest of the line for each of them. */
function closeTags(line: string): string {
  const end = line.lastIndexOf('}') + 1;
  return line.slice(0, end) + line.slice(end).replaceAll('{', '');
}

/** Reads events; when the library fails at one of them, the others are read without it. */
function readEvents(head: Head, events: string[]): ReadStep {
  const step = emptyStep();
  if (events.length === 0) return step;
  try {
    addDialogues(step, head, events);
    return step;
  } catch {
    if (events.length === 1) return { ...step, brokenTimes: 1 };
    const half = events.length >> 1;
    return joined(readEvents(head, events.slice(0, half)), readEvents(head, events.slice(half)));
  }
}

function joined(a: ReadStep, b: ReadStep): ReadStep {
  return {
    cues: [...a.cues, ...b.cues],
    brokenTimes: a.brokenTimes + b.brokenTimes,
    longCues: a.longCues + b.longCues,
  };
}

function addDialogues(step: ReadStep, head: Head, events: string[]): void {
  const { dialogues, height, styles } = compile(
    [
      '[Script Info]',
      ...head.info,
      head.old ? '[V4 Styles]' : '[V4+ Styles]',
      head.stylesFormat,
      ...(head.stylesFormat === '' ? [] : head.styles),
      '[Events]',
      head.eventsFormat,
      ...events,
    ].join('\n'),
    {},
  );
  // The library leaves out events that do not end after their start.
  step.brokenTimes += events.length - dialogues.length;
  for (const dialogue of dialogues) {
    const { start, end } = dialogue;
    if (!areSane(start, end)) {
      step.brokenTimes++;
      continue;
    }
    const ofStyle = styles[dialogue.style]?.style.Alignment;
    const alignment = head.old && dialogue.alignment === ofStyle ? keypad(ofStyle) : dialogue.alignment;
    const { lines, cut } = cutLines(linesOfDialogue(dialogue, (name) => styles[name]?.tag));
    if (cut) step.longCues++;
    if (lines.length > 0) step.cues.push({ start, end, lines, ...placeOf(dialogue, alignment, height ?? DEFAULT_HEIGHT) });
  }
}

/** Turns an alignment of SSA version 4, where 4 is added for the top and 8 for the middle, into that of a keypad. */
function keypad(alignment: number): number {
  const column = alignment & 3;
  return column + ((alignment & 4) !== 0 ? 6 : (alignment & 8) !== 0 ? 3 : 0);
}

function placeOf({ pos, move }: Dialogue, alignment: number, height: number): { place: CuePlace; align: CueAlign } {
  const y = pos?.y ?? move?.y1;
  if (y === undefined || !Number.isFinite(y) || height <= 0) return placeOfAlignment(alignment);
  return { place: placeOfShare(y / height), align: 'center' };
}

function linesOfDialogue({ slices, q }: Dialogue, styleOf: (name: string) => CompiledASSStyleTag | undefined): CueLine[] {
  const lines: CueLine[] = [[]];
  for (const slice of slices) {
    for (const { tag: own, text } of slice.fragments) {
      const tag: Partial<CompiledASSStyleTag> = { ...styleOf(slice.style), ...own };
      // Text that cannot be seen is there for effects.
      if (text === '' || tag.a1?.toUpperCase() === 'FF') continue;
      const look = lookOf(tag);
      const rows = cleanText(text)
        .replaceAll('\\h', '\u00a0')
        .split(q === 2 ? /\\[nN]/ : /\\N/);
      for (const [index, row] of rows.entries()) {
        if (index > 0) lines.push([]);
        addSpan(lines.at(-1)!, { ...look, text: row.replaceAll('\\n', ' ') });
      }
    }
  }
  return trimLines(lines);
}

function lookOf(tag: Partial<CompiledASSStyleTag>): { bold?: true; italic?: true; underline?: true; color?: CueColor } {
  const color = colorOfBgr(tag.c1 ?? '');
  return {
    // Weights are written as numbers from 100; 1 and 700 are bold.
    ...((tag.b === 1 || (tag.b ?? 0) >= 600) && { bold: true }),
    ...(tag.i === 1 && { italic: true }),
    ...(tag.u === 1 && { underline: true }),
    ...(color !== undefined && { color }),
  };
}
