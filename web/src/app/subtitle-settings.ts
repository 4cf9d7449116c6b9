/** How this viewer sees subtitles: kept in this browser. The delay is kept for one film, until the tab closes. */
import { signal } from '@preact/signals';
import type { SettingsStorage } from './sync-status';

export const SIZES = ['small', 'medium', 'large', 'largest'] as const;
export type SubtitleSize = (typeof SIZES)[number];
export const PLACES = ['bottom', 'top'] as const;
export type SubtitlePlace = (typeof PLACES)[number];
export const BACKGROUNDS = ['none', 'shade', 'solid'] as const;
export type SubtitleBackground = (typeof BACKGROUNDS)[number];

export interface SubtitleSettings {
  size: SubtitleSize;
  place: SubtitlePlace;
  background: SubtitleBackground;
  /** Whether a film's own subtitles are shown without a choice, where it has them in the language. */
  on: boolean;
  language: string;
  /** Language of the last chosen audio track; empty when none was chosen. */
  audioLanguage: string;
}

const KEY = 'wnc.subtitles';
const DELAY_KEY = 'wnc.subtitle-delay';
const LANGUAGE_CHARS_MAX = 35;
/** Largest delay in either direction, s. */
export const DELAY_MAX_S = 600;

export function createSubtitleSettings(local: SettingsStorage, session: SettingsStorage) {
  const settings = signal(readSettings(read(local, KEY)));

  return {
    settings,
    change(next: Partial<SubtitleSettings>): void {
      settings.value = { ...settings.value, ...next };
      write(local, KEY, settings.value);
    },
    /** Returns the delay of a film, s; 0 for another one than the last. */
    loadDelay(film: string): number {
      const kept = read(session, DELAY_KEY);
      return kept['film'] === film ? boundedDelay(kept['delay']) : 0;
    },
    saveDelay(film: string, delay: number): void {
      write(session, DELAY_KEY, { film, delay });
    },
  };
}

/** Returns a delay in tenths of a second within its bounds; 0 for what is no number. */
export function boundedDelay(delay: unknown): number {
  if (typeof delay !== 'number' || !Number.isFinite(delay)) return 0;
  return Math.round(Math.max(-DELAY_MAX_S, Math.min(DELAY_MAX_S, delay)) * 10) / 10;
}

function readSettings(kept: Record<string, unknown>): SubtitleSettings {
  const one = <T extends string>(among: readonly T[], value: unknown, otherwise: T) =>
    among.find((each) => each === value) ?? otherwise;
  const language = (value: unknown) => (typeof value === 'string' && value.length <= LANGUAGE_CHARS_MAX ? value : '');
  return {
    size: one(SIZES, kept['size'], 'medium'),
    place: one(PLACES, kept['place'], 'bottom'),
    background: one(BACKGROUNDS, kept['background'], 'shade'),
    on: kept['on'] === true,
    language: language(kept['language']),
    audioLanguage: language(kept['audioLanguage']),
  };
}

function read(storage: SettingsStorage, key: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function write(storage: SettingsStorage, key: string, value: object): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // storage refused: the setting lasts until the page closes
  }
}
