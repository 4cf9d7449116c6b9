/**
 * The subtitles of this viewer: which track, when, and how. A track comes from the film, or from a text such as a file of
 * the viewer's own. Nothing of it is sent to anybody. Loaded when the first film is there.
 */
import { type ReadonlySignal, batch, computed, effect, signal, untracked } from '@preact/signals';
import type { Player } from '../media/player';
import type { Cue } from '../subtitles/cue';
import { startCueTicker } from '../subtitles/cue-ticker';
import { EmbeddedCues } from '../subtitles/embedded-cues';
import { FilmClock } from '../subtitles/film-clock';
import { trackName } from '../subtitles/track-name';
import { createFilmTracks } from './film-tracks';
import { boundedDelay, createSubtitleSettings } from './subtitle-settings';
import { type SubtitleTextPorts, type TextSource, createSubtitleText } from './subtitle-text';
import type { SettingsStorage } from './sync-status';

export interface SubtitlesPorts extends SubtitleTextPorts {
  player: ReadonlySignal<Player | null>;
  /** Address of the film; null while there is none. */
  film: ReadonlySignal<string | null>;
  local: SettingsStorage;
  session: SettingsStorage;
  notify(text: string): void;
  now(): number;
}

/** A track that can be chosen. */
export interface TrackChoice {
  id: string;
  label: string;
  language: string;
  origin: 'film' | 'own';
}

const FILM = 'film ';
const OWN = 'own';
export const NO_SUBTITLES = 'This film brings no subtitles. A file of your own works: drop it here.';
export const DELAY_STEP_S = 0.1;

export function createSubtitles({ player, film, local, session, notify, now, languages, read }: SubtitlesPorts) {
  const { settings, change, loadDelay, saveDelay } = createSubtitleSettings(local, session);
  const text = createSubtitleText({ languages, read });
  const sources = signal<readonly TextSource[]>([]);
  const chosen = signal<string | null>(null);
  const delay = signal(0);
  const shown = signal<readonly Cue[]>([]);
  /** Whether the viewer has chosen for this film, so that nothing is chosen for them. */
  let decided = false;
  let audioDecided = false;
  let last: string | null = null;

  const filmTracks = createFilmTracks(player, (tracks) => tracks.selectText(filmTrackOf(chosen.peek())));
  const choices = computed<TrackChoice[]>(() => [
    ...filmTracks.list.value.text.map((track, at): TrackChoice => ({
      id: FILM + track.id,
      label: trackName(track, at, languages),
      language: track.language,
      origin: 'film',
    })),
    ...sources.value.map(({ id, label, language }): TrackChoice => ({ id, label, language, origin: 'own' })),
  ]);
  const audio = computed(() => {
    const { audio: tracks, audioId } = filmTracks.list.value;
    return { chosen: audioId, choices: tracks.map((track, at) => ({ id: track.id, label: trackName(track, at, languages) })) };
  });
  /** Whether the player draws the chosen track, so that size, place and delay have no effect on it. */
  const isDrawnByPlayer = computed(() => {
    void filmTracks.list.value;
    return filmTrackOf(chosen.value) !== null && filmTracks.opened?.drawsText === true;
  });

  function choose(id: string | null): void {
    decided = true;
    show(id);
    const choice = choices.peek().find((one) => one.id === id);
    if (id === null) change({ on: false });
    else if (choice?.origin === 'film') change({ on: true, language: choice.language || settings.peek().language });
  }

  function show(id: string | null): void {
    batch(() => {
      if (id !== null) last = id;
      chosen.value = id;
      filmTracks.opened?.selectText(filmTrackOf(id));
      const source = sources.peek().find((one) => one.id === id);
      if (source !== undefined) void text.open(source);
    });
  }

  function toggle(): void {
    const among = choices.peek();
    const { language } = settings.peek();
    const next = [last, among.find((choice) => choice.language === language)?.id, among[0]?.id].find((id) =>
      among.some((choice) => choice.id === id),
    );
    if (chosen.peek() !== null) choose(null);
    else if (next === undefined || next === null) notify(NO_SUBTITLES);
    else choose(next);
  }

  async function openFile(file: File): Promise<void> {
    const source: TextSource = { id: OWN, label: file.name, language: '', load: () => Promise.resolve(file) };
    sources.value = [source];
    decided = true;
    show(OWN);
    await text.open(source);
  }

  /** Opens a file that was dropped on the page; where no menu says what became of it, a message does. */
  async function dropFile(file: File): Promise<void> {
    await openFile(file);
    const { source, problem, notes } = text.state.peek();
    if (source?.label === file.name) notify(problem ?? `${file.name}: ${notes.join(' ')}`);
  }

  function setDelay(seconds: number): void {
    delay.value = boundedDelay(seconds);
    const current = film.peek();
    if (current !== null) saveDelay(current, delay.value);
  }

  function shiftDelay(by: number): void {
    if (chosen.peek() === null) {
      notify('No subtitles are on.');
      return;
    }
    setDelay(delay.peek() + by);
    notify(delayText(delay.peek()));
  }

  const clock = { of: null as Player | null, film: new FilmClock() };
  const embedded = new EmbeddedCues();

  function cuesNow(): Cue[] {
    const current = player.peek();
    if (current === null) return [];
    if (clock.of !== current) Object.assign(clock, { of: current, film: new FilmClock() });
    const time = clock.film.timeOf(current.measure(), now());
    if (time === null) return [];
    const at = time - delay.peek();
    if (filmTrackOf(chosen.peek()) === null) return text.track.activeAt(at);
    return embedded.activeAt(filmTracks.opened?.cues() ?? [], at);
  }

  function tick(): void {
    const next = cuesNow();
    const before = shown.peek();
    if (next.length !== before.length || next.some((cue, i) => cue !== before[i])) shown.value = next;
  }

  const ends = [
    effect(() => {
      const current = film.value;
      untracked(() => {
        decided = audioDecided = false;
        last = null;
        sources.value = [];
        text.clear();
        show(null);
        delay.value = current === null ? 0 : loadDelay(current);
      });
    }),
    // A film's own tracks in the languages of the last choices.
    effect(() => {
      const { text: tracks, audio: audioTracks, audioId } = filmTracks.list.value;
      untracked(() => {
        const { on, language, audioLanguage } = settings.peek();
        const subtitles = tracks.find((track) => track.language === language);
        if (!decided && on && subtitles !== undefined) show(FILM + subtitles.id);
        const sound = audioTracks.find((track) => track.language === audioLanguage && audioLanguage !== '');
        if (!audioDecided && sound !== undefined && sound.id !== audioId) filmTracks.selectAudio(sound.id);
        audioDecided ||= audioTracks.length > 0;
      });
    }),
    effect(() => {
      const current = player.value;
      if (chosen.value === null || current === null || isDrawnByPlayer.value) {
        shown.value = [];
        return undefined;
      }
      return untracked(() => startCueTicker(current.video ?? null, tick));
    }),
  ];

  return {
    choices,
    chosen: chosen as ReadonlySignal<string | null>,
    audio,
    isDrawnByPlayer,
    shown: shown as ReadonlySignal<readonly Cue[]>,
    delay: delay as ReadonlySignal<number>,
    settings: settings as ReadonlySignal<typeof settings.value>,
    file: text.state as ReadonlySignal<typeof text.state.value>,
    choose,
    toggle,
    openFile,
    dropFile,
    setEncoding: text.setEncoding,
    setDelay,
    shiftDelay,
    change,
    selectAudio(id: string): void {
      audioDecided = true;
      filmTracks.selectAudio(id);
      const language = filmTracks.list.peek().audio.find((track) => track.id === id)?.language ?? '';
      if (language !== '') change({ audioLanguage: language });
    },
    end(): void {
      for (const stop of ends) stop();
      filmTracks.end();
    },
  };
}

export type Subtitles = ReturnType<typeof createSubtitles>;

function filmTrackOf(id: string | null): string | null {
  return id?.startsWith(FILM) === true ? id.slice(FILM.length) : null;
}

/** Returns a delay in words. */
export function delayText(seconds: number): string {
  if (seconds === 0) return 'Subtitles on time';
  return `Subtitles ${Math.abs(seconds).toFixed(1)} s ${seconds > 0 ? 'later' : 'earlier'}`;
}
