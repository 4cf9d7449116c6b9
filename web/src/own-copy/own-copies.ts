/**
 * The viewer's own copies of the room's films: which file is which film, whether it is the same, and how far it is
 * shifted. Loaded with the first film that can have one. Nothing of a file leaves the page but its fingerprint (OC1), and
 * nothing at all of one that plays in place of a film of the library (OC6).
 */
import { type ReadonlySignal, batch, computed, effect, signal, untracked } from '@preact/signals';
import type { PlayerHost } from '../app/player-host';
import type { Toasts } from '../app/toasts';
import { type MediaProblem, type Player, type PlayerEvents, PlayerUnavailable } from '../media/player';
import type { RoomStore } from '../room/room-store';
import type { Comparison } from './compare';
import { openCopy } from './copy-player';
import type { CopyStore } from './copy-store';
import type { Examined } from './examine-film';
import type { PickedFile } from './file-handle';
import { type MissingWhy, findAgain, whyUnreadable } from './find-again';
import { type Fingerprint, type Hashes, contentKey, linkDuration, sharedName } from './local-link';
import type { Offsets } from './offsets';
import { UNKNOWN_FILM, notPlayable, notReadable } from './own-copy-problems';
import { type RoomFilm, roomFilm } from './room-film';

export interface OwnCopiesPorts {
  room: RoomStore;
  playerHost: Pick<PlayerHost, 'retry' | 'noCopy'>;
  toasts: Pick<Toasts, 'show'>;
  store: CopyStore;
  offsets: Offsets;
  examine(file: File): Promise<Examined>;
  hash(file: File): Promise<Hashes | null>;
  /** Returns the length of the film of the library that the room shows, s; null while it is not known. */
  lengthOf(mediaId: string): number | null;
  after(ms: number, run: () => void): () => void;
}

/** A file whose fingerprint is known. */
export interface ReadFilm extends PickedFile {
  fingerprint: Fingerprint;
}

/**
 * Why the viewer has no copy of the film that the room shows. unplayable: the browser could not go on with it, and the
 * server's film plays instead.
 */
export type Missing = { why: 'unchosen' } | { why: MissingWhy | 'unplayable'; name: string };

/** Files that this page remembers; the room's queue has fewer that are played from files. */
const CHOSEN_MAX = 100;
const SAME = 'Your copy is the same file';
/** How long a film of the library waits for the copy that the browser keeps. */
const LOOK_UP_MS = 2000;
const UNCHOSEN: Missing = { why: 'unchosen' };

export function createOwnCopies(ports: OwnCopiesPorts) {
  const { room, playerHost, toasts, store, offsets, examine, hash, lengthOf, after } = ports;
  /** By content key of the film. */
  const chosen = signal<ReadonlyMap<string, ReadFilm>>(new Map());
  const missing = signal<Missing>(UNCHOSEN);
  /** Name of the file that is read now. */
  const reading = signal<string | null>(null);
  const problem = signal<MediaProblem | null>(null);
  /** A file of another length, until the viewer decides about it. */
  const doubtful = signal<ReadFilm | null>(null);

  /** The film that the room shows; null when it is of another kind. */
  const link = computed(() => room.film.value?.url ?? null);
  const film = computed(() => (link.value === null ? null : roomFilm(link.value, lengthOf)));
  const key = computed(() => film.value?.key ?? null);
  /** The copy that plays. */
  const copy = computed(() => (key.value === null ? null : (chosen.value.get(key.value) ?? null)));
  /** How the copy that plays compares with the film; null while there is none. */
  const comparison = computed(() => (copy.value === null ? null : (film.value?.compare(copy.value.fingerprint) ?? null)));

  // Another film begins anew.
  effect(() => {
    void key.value;
    untracked(() => {
      missing.value = UNCHOSEN;
      clear();
    });
  });

  function clear(): void {
    batch(() => {
      problem.value = null;
      doubtful.value = null;
    });
  }

  function remember(filmKey: string, next: ReadFilm | null): void {
    const others = [...chosen.peek()].filter(([known]) => known !== filmKey);
    chosen.value = new Map(next === null ? others : [...others, [filmKey, next] as const].slice(-CHOSEN_MAX));
  }

  /** Keeps a copy for this visit, and where its file is for the next one. */
  async function keep(filmKey: string, next: ReadFilm): Promise<void> {
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
    if (key.peek() !== wanted.key) return;
    if ('problem' in found) problem.value = found.problem;
    else await take(found);
  }

  /** Plays a file when it has the length of the film that the room shows, and asks about it otherwise. */
  async function take(found: ReadFilm): Promise<void> {
    const how = film.peek()?.compare(found.fingerprint);
    clear();
    if (how === 'mismatch') doubtful.value = found;
    else if (how !== undefined) await use(found, how);
  }

  async function use(next: ReadFilm, how: Comparison): Promise<void> {
    const filmKey = key.peek();
    if (filmKey === null) return;
    clear();
    missing.value = UNCHOSEN;
    const kept = keep(filmKey, next);
    if (how === 'match') toasts.show(SAME);
    playerHost.retry();
    await kept;
  }

  /** Looks for the copy of a film where the browser keeps it. */
  async function lookUp(filmKey: string, ask: boolean): Promise<ReadFilm | null> {
    const found = await findAgain(filmKey, { store, hash, ask });
    // Chosen meanwhile.
    const newer = chosen.peek().get(filmKey);
    if (newer !== undefined) return newer;
    if (found === null || 'why' in found) {
      if (key.peek() === filmKey) missing.value = found ?? UNCHOSEN;
      return null;
    }
    const { copy: fingerprint, handle } = found.kept;
    const next: ReadFilm = { file: found.file, handle, fingerprint };
    await keep(filmKey, next);
    return next;
  }

  /** Looks for the copy of a film that the server sends too. One that is found late takes the place of the server's film. */
  async function lookUpSoon(filmKey: string): Promise<ReadFilm | null> {
    let late = false;
    let cancel: () => void = () => undefined;
    const time = new Promise<null>((resolve) => {
      cancel = after(LOOK_UP_MS, () => {
        late = true;
        resolve(null);
      });
    });
    const search = lookUp(filmKey, false).then((found) => {
      cancel();
      if (late && found !== null && key.peek() === filmKey) playerHost.retry();
      return found;
    });
    return Promise.race([search, time]);
  }

  /**
   * The playing copy has failed: returns why, or gives it up when it cannot be read any more. A film that the server sends
   * too goes on without it in any case.
   */
  async function onFailed(
    { key: filmKey, original }: RoomFilm,
    { file, handle, fingerprint }: ReadFilm,
  ): Promise<MediaProblem | null> {
    const readable = await file.slice(0, 1).arrayBuffer().then(
      () => true,
      () => false,
    ); // prettier-ignore
    if (readable && original !== null) return notPlayable(fingerprint.name);
    const why = readable ? 'unplayable' : await whyUnreadable(handle);
    remember(filmKey, null);
    await store.forget(filmKey);
    lost = { filmKey, missing: { why, name: fingerprint.name } };
    if (key.peek() === filmKey) playerHost.retry();
    return null;
  }

  /** The copy that could not be read any more, which is no longer looked for. */
  let lost: { filmKey: string; missing: Missing } | null = null;

  return {
    film: film as ReadonlySignal<RoomFilm | null>,
    copy: copy as ReadonlySignal<ReadFilm | null>,
    comparison: comparison as ReadonlySignal<Comparison | null>,
    missing: missing as ReadonlySignal<Missing>,
    reading: reading as ReadonlySignal<string | null>,
    problem: problem as ReadonlySignal<MediaProblem | null>,
    doubtful: doubtful as ReadonlySignal<ReadFilm | null>,
    /** How much further on the copy is than the room's film, s. */
    offset: computed(() => (key.value === null ? 0 : offsets.of(key.value))) as ReadonlySignal<number>,
    setOffset(seconds: number): void {
      if (key.peek() !== null) offsets.set(key.peek()!, seconds);
    },
    read,
    choose,
    /** Plays a file that was read already, as after a choice. */
    take,
    /** Keeps the file of a film that this viewer shows to everybody as its own copy. */
    keepShown: (own: ReadFilm): Promise<void> => keep(contentKey(own.fingerprint), own),
    /** Drops what was said about the last choice; the copy that plays stays. */
    dismiss: clear,
    /** Plays a file of another length nevertheless. */
    async playAnyway(): Promise<void> {
      if (doubtful.peek() !== null) await use(doubtful.peek()!, 'mismatch');
    },
    /** Goes back to the film that the server sends, and forgets the copy of it. */
    async playServersFilm(): Promise<void> {
      const wanted = film.peek();
      if (wanted === null || wanted.original !== null) return;
      const plays = copy.peek() !== null;
      clear();
      missing.value = UNCHOSEN;
      remember(wanted.key, null);
      await store.forget(wanted.key);
      if (plays && key.peek() === wanted.key) playerHost.retry();
    },
    /** Asks for the permission to read the kept file; called in a click. */
    async allow(): Promise<void> {
      const wanted = film.peek();
      if (wanted !== null && (await lookUp(wanted.key, true)) !== null) playerHost.retry();
    },
    /** Opens the player of a film; null when the viewer has no copy yet. */
    async open(url: string, mount: HTMLElement, events: PlayerEvents): Promise<Player | null> {
      const wanted = roomFilm(url, lengthOf);
      if (wanted === null) throw new PlayerUnavailable(UNKNOWN_FILM);
      const filmKey = wanted.key;
      const known = chosen.peek().get(filmKey);
      if (known === undefined && lost?.filmKey === filmKey) {
        missing.value = lost.missing;
        lost = null;
        return null;
      }
      const found = known ?? (await (wanted.original === null ? lookUpSoon(filmKey) : lookUp(filmKey, false)));
      if (found === null) return null;
      return openCopy(
        {
          file: found.file,
          filmLength: () => wanted.length(),
          offset: () => (wanted.compare(found.fingerprint) === 'match' ? 0 : offsets.of(filmKey)),
          onFailed: () => onFailed(wanted, found),
        },
        mount,
        events,
      );
    },
  };
}

export type OwnCopies = ReturnType<typeof createOwnCopies>;
