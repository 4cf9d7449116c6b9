/**
 * The viewer's own copies of the room's films: which file is which film, whether it is the same, and how far it is
 * shifted. Loaded with the first film of this kind. Nothing of a file leaves the page but its fingerprint (OC1).
 */
import { type ReadonlySignal, batch, computed, effect, signal, untracked } from '@preact/signals';
import type { PlayerHost } from '../app/player-host';
import type { Toasts } from '../app/toasts';
import { type MediaProblem, type Player, type PlayerEvents, PlayerUnavailable } from '../media/player';
import type { RoomStore } from '../room/room-store';
import { type Comparison, compare } from './compare';
import { openCopy } from './copy-player';
import type { CopyStore } from './copy-store';
import type { Examined } from './examine-film';
import type { PickedFile } from './file-handle';
import { type MissingWhy, findAgain, whyUnreadable } from './find-again';
import { type Fingerprint, type Hashes, contentKey, linkDuration, readLocalLink, sharedName } from './local-link';
import type { Offsets } from './offsets';
import { UNKNOWN_FILM, notPlayable, notReadable } from './own-copy-problems';

export interface OwnCopiesPorts {
  room: RoomStore;
  playerHost: Pick<PlayerHost, 'retry' | 'noCopy'>;
  toasts: Pick<Toasts, 'show'>;
  store: CopyStore;
  offsets: Offsets;
  examine(file: File): Promise<Examined>;
  hash(file: File): Promise<Hashes | null>;
}

/** A file whose fingerprint is known. */
export interface ReadFilm extends PickedFile {
  fingerprint: Fingerprint;
}

/** A file that plays as the copy of a film. */
export interface Copy extends ReadFilm {
  comparison: Comparison;
}

/** Why the viewer has no copy of the film that the room shows. */
export type Missing = { why: 'unchosen' } | { why: MissingWhy; name: string };

/** Files that this page remembers; the room's queue has fewer that are played from files. */
const CHOSEN_MAX = 100;
const SAME = 'Your copy is the same file';

export function createOwnCopies({ room, playerHost, toasts, store, offsets, examine, hash }: OwnCopiesPorts) {
  /** By content key of the film. */
  const chosen = signal<ReadonlyMap<string, Copy>>(new Map());
  const missing = signal<Missing>({ why: 'unchosen' });
  /** Name of the file that is read now. */
  const reading = signal<string | null>(null);
  const problem = signal<MediaProblem | null>(null);
  /** A file of another length, until the viewer decides about it. */
  const doubtful = signal<Copy | null>(null);

  /** The film that the room shows; null when it is of another kind. */
  const film = computed(() => (room.film.value === null ? null : readLocalLink(room.film.value.url)));
  const key = computed(() => (film.value === null ? null : contentKey(film.value)));
  /** The copy that plays. */
  const copy = computed(() => (key.value === null ? null : (chosen.value.get(key.value) ?? null)));

  // Another film begins anew.
  effect(() => {
    void key.value;
    untracked(() => clear());
  });

  function clear(): void {
    batch(() => {
      problem.value = null;
      doubtful.value = null;
    });
  }

  function remember(filmKey: string, next: Copy | null): void {
    const others = [...chosen.peek()].filter(([known]) => known !== filmKey);
    chosen.value = new Map(next === null ? others : [...others, [filmKey, next] as const].slice(-CHOSEN_MAX));
  }

  /** Keeps a copy for this visit, and where its file is for the next one. */
  async function keep(filmKey: string, next: Copy): Promise<void> {
    remember(filmKey, next);
    const { file, handle, fingerprint } = next;
    await store.keep({ film: filmKey, copy: fingerprint, lastModified: file.lastModified, handle });
  }

  /** Reads the length and the hashes of a file, and says why it cannot be a film. */
  async function read({ file, handle }: PickedFile): Promise<ReadFilm | { problem: MediaProblem }> {
    const examined = await examine(file);
    if ('problem' in examined) return examined;
    const hashes = await hash(file);
    if (hashes === null) return { problem: notReadable(file.name) };
    const { size } = file;
    return {
      file,
      handle,
      fingerprint: { name: sharedName(file.name), size, duration: linkDuration(examined.duration), hashes },
    };
  }

  /** The number of the last choice; an earlier one that takes longer counts no more. */
  let choice = 0;

  /** Compares a file with the film that the room shows, and plays it when it has the film's length. */
  async function choose(picked: PickedFile): Promise<void> {
    const wanted = film.peek();
    if (wanted === null) return;
    const mine = ++choice;
    clear();
    reading.value = picked.file.name;
    const found = await read(picked);
    if (mine !== choice) return;
    reading.value = null;
    if (film.peek() === null || key.peek() !== contentKey(wanted)) return;
    if ('problem' in found) {
      problem.value = found.problem;
      return;
    }
    const next: Copy = { ...found, comparison: compare(wanted, found.fingerprint) };
    if (next.comparison === 'mismatch') doubtful.value = next;
    else await use(next);
  }

  async function use(next: Copy): Promise<void> {
    const filmKey = key.peek();
    if (filmKey === null) return;
    clear();
    const kept = keep(filmKey, next);
    if (next.comparison === 'match') toasts.show(SAME);
    playerHost.retry();
    await kept;
  }

  /** Looks for the copy of a film where the browser keeps it. */
  async function lookUp(wanted: Fingerprint, ask: boolean): Promise<Copy | null> {
    const filmKey = contentKey(wanted);
    const found = await findAgain(filmKey, { store, hash, ask });
    if (found === null || 'why' in found) {
      if (key.peek() === filmKey) missing.value = found ?? { why: 'unchosen' };
      return null;
    }
    const { copy: fingerprint, handle } = found.kept;
    const next: Copy = { file: found.file, handle, fingerprint, comparison: compare(wanted, fingerprint) };
    await keep(filmKey, next);
    return next;
  }

  /** The playing copy has failed: returns why, or asks for it again when it cannot be read any more. */
  async function onFailed(filmKey: string, { file, handle, fingerprint }: Copy): Promise<MediaProblem | null> {
    const readable = await file.slice(0, 1).arrayBuffer().then(
      () => true,
      () => false,
    ); // prettier-ignore
    if (readable) return notPlayable(fingerprint.name);
    const why = await whyUnreadable(handle);
    remember(filmKey, null);
    await store.forget(filmKey);
    lost = { filmKey, missing: { why, name: fingerprint.name } };
    if (key.peek() === filmKey) playerHost.retry();
    return null;
  }

  /** The copy that could not be read any more, which is no longer looked for. */
  let lost: { filmKey: string; missing: Missing } | null = null;

  return {
    film: film as ReadonlySignal<Fingerprint | null>,
    copy: copy as ReadonlySignal<Copy | null>,
    missing: missing as ReadonlySignal<Missing>,
    reading: reading as ReadonlySignal<string | null>,
    problem: problem as ReadonlySignal<MediaProblem | null>,
    doubtful: doubtful as ReadonlySignal<Copy | null>,
    /** How much further on the copy is than the room's film, s. */
    offset: computed(() => (key.value === null ? 0 : offsets.of(key.value))) as ReadonlySignal<number>,
    setOffset(seconds: number): void {
      if (key.peek() !== null) offsets.set(key.peek()!, seconds);
    },
    read,
    choose,
    /** Takes a film that this viewer shows to everybody as its own copy. */
    take(own: ReadFilm): Promise<void> {
      return keep(contentKey(own.fingerprint), { ...own, comparison: 'match' });
    },
    /** Drops what was said about the last choice; the copy that plays stays. */
    dismiss: clear,
    /** Plays a file of another length nevertheless. */
    async playAnyway(): Promise<void> {
      if (doubtful.peek() !== null) await use(doubtful.peek()!);
    },
    /** Asks for the permission to read the kept file; called in a click. */
    async allow(): Promise<void> {
      const wanted = film.peek();
      if (wanted !== null && (await lookUp(wanted, true)) !== null) playerHost.retry();
    },
    /** Opens the player of a film; null when the viewer has no copy yet. */
    async open(link: string, mount: HTMLElement, events: PlayerEvents): Promise<Player | null> {
      const wanted = readLocalLink(link);
      if (wanted === null) throw new PlayerUnavailable(UNKNOWN_FILM);
      const filmKey = contentKey(wanted);
      const known = chosen.peek().get(filmKey);
      if (known === undefined && lost?.filmKey === filmKey) {
        missing.value = lost.missing;
        lost = null;
        return null;
      }
      const found = known ?? (await lookUp(wanted, false));
      if (found === null) return null;
      return openCopy(
        {
          file: found.file,
          filmLength: wanted.duration,
          offset: () => (found.comparison === 'match' ? 0 : offsets.of(filmKey)),
          onFailed: () => onFailed(filmKey, found),
        },
        mount,
        events,
      );
    },
  };
}

export type OwnCopies = ReturnType<typeof createOwnCopies>;
