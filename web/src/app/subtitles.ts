/**
 * The subtitles of this viewer: which track, when, and how. A track comes from the film, from a text that
 * a host shares, or from a file of the viewer's own, which stays here unless a host shares it. Loaded when the first film is there.
 */
import { type ReadonlySignal, batch, computed, effect, signal, untracked } from '@preact/signals';
import type { Player } from '../media/player';
import type { Cue } from '../subtitles/cue';
import { startCueTicker } from '../subtitles/cue-ticker';
import { EmbeddedCues } from '../subtitles/embedded-cues';
import { FilmClock } from '../subtitles/film-clock';
import { fileLanguage } from '../subtitles/file-language';
import { trackName } from '../subtitles/track-name';
import { createFilmTracks } from './film-tracks';
import { boundedDelay, createSubtitleSettings } from './subtitle-settings';
import { type SubtitleTextPorts, type TextSource, createSubtitleText } from './subtitle-text';
import type { Arrival, SharedSubtitles } from './shared-subtitles';
import type { SettingsStorage } from './sync-status';
import type { ToastAction } from './toasts';

export interface SubtitlesPorts extends SubtitleTextPorts {
  player: ReadonlySignal<Player | null>;
  /** Address of the film; null while there is none. */
  film: ReadonlySignal<string | null>;
  local: SettingsStorage;
  session: SettingsStorage;
  shared: SharedSubtitles;
  /** The texts that come with the film, but not inside of it. */
  linked: ReadonlySignal<readonly TextSource[]>;
  notify(text: string, action?: ToastAction): void;
  now(): number;
}

/** A track that can be chosen. */
export interface TrackChoice {
  id: string;
  label: string;
  language: string;
  origin: 'film' | 'shared' | 'own';
}

const FILM = 'film ';
/** The id of a text from a file of the viewer's own. */
export const OWN = 'own';
export const NO_SUBTITLES = 'This film brings no subtitles. A file of your own works: drop it here.';
export const DELAY_STEP_S = 0.1;

export function createSubtitles(ports: SubtitlesPorts) {
  const { player, film, local, session, shared, linked, notify, now, languages, read } = ports;
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
  /** The shared track that is on and in the list, and the film that it was chosen for. */
  let listed: string | null = null;
  let openFilm: string | null = null;

  const filmTracks = createFilmTracks(player, (tracks) => tracks.selectText(filmTrackOf(chosen.peek())));
  const choices = computed<TrackChoice[]>(() => [
    ...filmTracks.list.value.text.map((track, at): TrackChoice => ({
      id: FILM + track.id,
      label: trackName(track, at, languages),
      language: track.language,
      origin: 'film',
    })),
    ...linked.value.map((source, at): TrackChoice => ({
      id: source.id,
      label: trackName(source, at, languages),
      language: source.language,
      origin: 'film',
    })),
    ...shared.sources.value.map((source, at): TrackChoice => ({
      id: source.id,
      label: trackName(source, at, languages),
      language: source.language,
      origin: 'shared',
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
    else if (choice !== undefined && choice.origin !== 'own')
      change({ on: true, language: choice.language || settings.peek().language });
  }

  function show(id: string | null): void {
    batch(() => {
      if (id !== null) last = id;
      chosen.value = id;
      filmTracks.opened?.selectText(filmTrackOf(id));
      const source = [...sources.peek(), ...linked.peek(), ...shared.sources.peek()].find((one) => one.id === id);
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

  /** Shares the open file with everybody. The shared track takes its place here. */
  async function shareFile(label: string): Promise<void> {
    const { source, encoding } = text.state.peek();
    if (source?.id !== OWN) return;
    const bytes = await (await source.load()).arrayBuffer();
    const language = fileLanguage(source.label);
    const id = await shared.shareText(new TextDecoder(encoding ?? 'utf-8').decode(bytes), label, language);
    if (id === null || text.state.peek().source !== source) return;
    batch(() => {
      sources.value = [];
      change({ on: true, language: language || settings.peek().language });
      show(id);
    });
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

  /** Offers subtitles that somebody has just shared. */
  function onArrival({ id, text: said, mine }: Arrival): void {
    shared.arrival.value = null;
    if (mine) return;
    if (chosen.peek() === null) notify(said, { label: 'Show', run: () => choose(id) });
    else notify(said);
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
        openFilm = current;
        decided = audioDecided = false;
        last = null;
        sources.value = [];
        text.clear();
        show(null);
        delay.value = current === null ? 0 : loadDelay(current);
      });
    }),
    // A shared track that is on, as soon as it is in the list, and until it is not any more.
    effect(() => {
      const id = chosen.value;
      const source = shared.sources.value.find((one) => one.id === id);
      untracked(() => {
        if (source !== undefined) void text.open(source);
        else if (id !== null && id === listed) {
          if (film.peek() === openFilm) notify('These subtitles are not shared any more');
          show(null);
        }
      });
      listed = source?.id ?? null;
    }),
    // A film's own tracks, and shared ones, in the languages of the last choices.
    effect(() => {
      const { text: tracks, audio: audioTracks, audioId } = filmTracks.list.value;
      const beside = linked.value;
      const texts = shared.sources.value;
      const { value: arrived } = shared.arrival;
      untracked(() => {
        const { on, language, audioLanguage } = settings.peek();
        const subtitles = tracks.find((track) => track.language === language);
        const given =
          beside.find((one) => one.language !== '' && sameLanguage(one.language, language)) ??
          texts.find((one) => one.language === '' || sameLanguage(one.language, language));
        if (!decided && on && chosen.peek() === null) {
          if (subtitles !== undefined) show(FILM + subtitles.id);
          else if (given !== undefined) show(given.id);
        }
        if (arrived !== null) onArrival(arrived);
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
    shareFile,
    shared,
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
      shared.end();
    },
  };
}

export type Subtitles = ReturnType<typeof createSubtitles>;

/** Returns whether two tags name one language, whatever the region. */
function sameLanguage(one: string, other: string): boolean {
  return one.split('-')[0]!.toLowerCase() === other.split('-')[0]!.toLowerCase();
}

function filmTrackOf(id: string | null): string | null {
  return id?.startsWith(FILM) === true ? id.slice(FILM.length) : null;
}

/** Returns a delay in words. */
export function delayText(seconds: number): string {
  if (seconds === 0) return 'Subtitles on time';
  return `Subtitles ${Math.abs(seconds).toFixed(1)} s ${seconds > 0 ? 'later' : 'earlier'}`;
}
