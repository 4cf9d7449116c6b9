// @vitest-environment happy-dom
/** Fingerprints of files, and what can be known of a file before anything is sent. */
import { createHash, webcrypto } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeFileDrops } from '../src/app/file-drops';
import { type ExaminePorts, examineFilm, isAudioFile } from '../src/own-copy/examine-film';
import { askPermission, handleOfTransfer, hasHandlePicker, permissionOf, pickWithHandle } from '../src/own-copy/file-handle';
import { bringsFilm, isFilmFile } from '../src/own-copy/film-file';
import { type HashWorker, hashFile } from '../src/own-copy/hash-file';
import { MIB, hashParts, partsOf, sha256Digest } from '../src/own-copy/hash-parts';
import type { Hashes } from '../src/own-copy/local-link';
import { aFile, aHandle } from './support/own-copies';
import { after } from './support/timers';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const subtle = webcrypto.subtle as SubtleCrypto;

describe('the fingerprint', () => {
  test.each([
    [0, [[0, 0], [0, 0], [0, 0]]],
    [3, [[0, 3], [0, 3], [0, 3]]],
    [MIB - 1, [[0, MIB - 1], [0, MIB - 1], [0, MIB - 1]]],
    [MIB, [[0, MIB], [0, MIB], [0, MIB]]],
    [MIB + 5, [[0, MIB], [2, MIB + 2], [5, MIB + 5]]],
    [5 * MIB, [[0, MIB], [2 * MIB, 3 * MIB], [4 * MIB, 5 * MIB]]],
  ])('the parts of %d bytes', (size, parts) => expect(partsOf(size)).toEqual(parts)); // prettier-ignore

  test.each([
    ['the browser', subtle],
    ['the library', undefined],
  ])('known hashes by %s', async (_, by) => {
    const digest = await sha256Digest(by);
    expect(await hashParts(new Blob(['abc']), digest)).toEqual([ABC, ABC, ABC]);
    expect(await hashParts(new Blob([]), digest)).toEqual([EMPTY, EMPTY, EMPTY]);
    const bytes = new Uint8Array(3 * MIB + 11).map((_byte, i) => (i * 7919) >> 8);
    const middle = Math.floor((bytes.length - MIB) / 2);
    expect(await hashParts(new Blob([bytes]), digest)).toEqual([
      sha256(bytes.subarray(0, MIB)),
      sha256(bytes.subarray(middle, middle + MIB)),
      sha256(bytes.subarray(-MIB)),
    ]);
  });

  test('reads at most 3 MiB of a large file', async () => {
    let read = 0;
    const file = {
      size: 50 * 1024 * MIB,
      slice: (from: number, to: number) => {
        read += to - from;
        return new Blob([new Uint8Array(to - from)]);
      },
    } as unknown as Blob;
    await hashParts(file, await sha256Digest(subtle));
    expect(read).toBe(3 * MIB);
  });

  test('a file that was cut short has none', async () => {
    const file = { size: 10, slice: () => new Blob(['abc']) } as unknown as Blob;
    await expect(hashParts(file, await sha256Digest(subtle))).rejects.toThrow('has changed');
  });
});

describe('the worker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const HASHES: Hashes = [ABC, ABC, ABC];
  const aWorker = () => ({ onmessage: null, onerror: null, postMessage: vi.fn(), terminate: vi.fn() }) as HashWorker & { terminate: ReturnType<typeof vi.fn> }; // prettier-ignore

  test('answers with the hashes, and is ended', async () => {
    const worker = aWorker();
    const file = new Blob(['abc']);
    const found = hashFile(file, { startWorker: () => worker, after });
    expect(worker.postMessage).toHaveBeenCalledWith(file);
    worker.onmessage!({ data: { hashes: HASHES } } as MessageEvent);
    expect(await found).toBe(HASHES);
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  test('that fails, hangs or cannot start gives none', async () => {
    const failing = aWorker();
    const failed = hashFile(new Blob([]), { startWorker: () => failing, after });
    failing.onerror!({} as ErrorEvent);
    const hanging = hashFile(new Blob([]), { startWorker: aWorker, after });
    await vi.advanceTimersByTimeAsync(60_000);
    const missing = hashFile(new Blob([]), {
      startWorker: () => {
        throw new Error('no workers');
      },
      after,
    });
    expect(await Promise.all([failed, hanging, missing])).toEqual([null, null, null]);
  });
});

describe('films among files', () => {
  test.each([
    [true, 'a.mp4', 'video/mp4'],
    [true, 'a.mkv', ''],
    [true, 'a.AVI', ''],
    [true, 'a.flac', 'audio/flac'],
    [false, 'a.srt', 'application/x-subrip'],
    [false, 'a.vtt', 'text/vtt'],
    [false, 'a.sub', ''],
    [false, 'a.png', 'image/png'],
    [false, 'mp4', ''],
  ])('%s: %s (%s)', (is, name, type) => expect(isFilmFile({ name, type })).toBe(is));

  const data = (files: File[], items: { kind: string; type: string }[]) => ({ files, items }) as unknown as DataTransfer;

  test('a drag names types alone, a drop also files', () => {
    expect(bringsFilm(data([], [{ kind: 'file', type: 'video/mp4' }]))).toBe(true);
    expect(bringsFilm(data([], [{ kind: 'file', type: 'text/vtt' }]))).toBe(false);
    expect(bringsFilm(data([], [{ kind: 'string', type: 'video/mp4' }]))).toBe(false);
    expect(bringsFilm(data([new File([], 'a.mkv')], [{ kind: 'file', type: '' }]))).toBe(true);
    expect(bringsFilm(null)).toBe(false);
  });

  test('drops of films and of other files are taken apart', () => {
    const page = new EventTarget();
    const taken: string[] = [];
    const takes = (films: boolean) =>
      takeFileDrops(page, {
        films,
        onHover: (over) => taken.push(`${films ? 'film' : 'other'} ${over}`),
        onFile: (file) => taken.push(`${films ? 'film' : 'other'} ${file.name}`),
      });
    const ends = [takes(true), takes(false)];
    const fire = (name: string, of: Partial<DataTransfer>) => {
      const event = Object.assign(new Event(name, { cancelable: true }), { dataTransfer: { types: ['Files'], ...of } });
      page.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(fire('dragover', data([], [{ kind: 'file', type: 'video/mp4' }]))).toBe(true);
    expect(fire('drop', data([new File([], 'a.srt')], []))).toBe(true);
    expect(fire('drop', data([new File([], 'a.mkv')], []))).toBe(true);
    for (const end of ends) end();
    fire('drop', data([new File([], 'b.mkv')], []));
    expect(taken).toEqual([
      'film true', 'other false', 'film false', 'other false', 'other a.srt', 'film false', 'film a.mkv', 'other false',
    ]); // prettier-ignore
  });
});

describe('handles', () => {
  test('the picker of the browser, where there is one', async () => {
    const handle = aHandle(aFile());
    expect([hasHandlePicker({}), hasHandlePicker({ showOpenFilePicker: () => [] })]).toEqual([false, true]);
    expect(await pickWithHandle({ showOpenFilePicker: () => Promise.resolve([handle]) })).toEqual({ file: handle.file, handle });
    const fails = (name: string) => pickWithHandle({ showOpenFilePicker: () => Promise.reject(new DOMException('', name)) });
    expect(await fails('AbortError')).toBeNull();
    await expect(fails('SecurityError')).rejects.toThrow();
  });

  test('of a drop', async () => {
    const handle = aHandle(aFile());
    const of = (item: object) => handleOfTransfer({ items: [{ kind: 'string' }, item] as unknown as DataTransferItemList });
    expect(await of({ kind: 'file', getAsFileSystemHandle: () => Promise.resolve(handle) })).toBe(handle);
    expect(await of({ kind: 'file', getAsFileSystemHandle: () => Promise.resolve({ kind: 'directory' }) })).toBeNull();
    expect(await of({ kind: 'file', getAsFileSystemHandle: () => Promise.reject(new Error('no')) })).toBeNull();
    expect(await of({ kind: 'file' })).toBeNull();
  });

  test('without permissions count as allowed', async () => {
    const { kind, name, getFile } = aHandle(null);
    expect([await permissionOf({ kind, name, getFile }), await askPermission({ kind, name, getFile })]).toEqual([
      'granted',
      true,
    ]);
    expect([await permissionOf(aHandle(null, 'prompt')), await askPermission(aHandle(null, 'denied'))]).toEqual([
      'prompt',
      false,
    ]);
  });
});

describe('a file before anything is sent', () => {
  /** A video element whose events the test gives. */
  function aVideo(load: (video: HTMLVideoElement) => void): { ports: ExaminePorts; revoked: string[] } {
    const revoked: string[] = [];
    const createVideo = () => {
      const video = document.createElement('video');
      Object.defineProperty(video, 'src', { set: () => queueMicrotask(() => load(video)) });
      return video;
    };
    return { revoked, ports: { createVideo, objectUrl: () => 'blob:film', revoke: (url) => revoked.push(url), after } };
  }
  const shape = (video: HTMLVideoElement, duration: number, width = 1280) => {
    Object.defineProperty(video, 'duration', { value: duration, configurable: true });
    Object.defineProperty(video, 'videoWidth', { value: width, configurable: true });
    video.dispatchEvent(new Event('loadedmetadata'));
  };
  const titleOf = async (file: File, load: (video: HTMLVideoElement) => void) => {
    const found = await examineFilm(file, aVideo(load).ports);
    return 'problem' in found ? `${found.problem.title} ${found.problem.hint}` : found.duration;
  };

  test('has a length, and its object URL is revoked', async () => {
    const { ports, revoked } = aVideo((video) => shape(video, 12.5));
    expect(await examineFilm(aFile(), ports)).toEqual({ duration: 12.5 });
    expect(revoked).toEqual(['blob:film']);
  });

  test('that the browser does not open is explained, by its ending', async () => {
    const fails = (video: HTMLVideoElement) => video.dispatchEvent(new Event('error'));
    expect(await titleOf(new File(['x'], 'a.mkv'), fails)).toMatch(/cannot play a\.mkv.*do not play \.mkv files.*\.mp4/);
    expect(await titleOf(new File(['x'], 'a.mp4', { type: 'video/mp4' }), fails)).toMatch(/cannot play a\.mp4.*format/);
  });

  test('of which only the sound plays is explained, unless it has sound alone', async () => {
    const soundOnly = (video: HTMLVideoElement) => shape(video, 10, 0);
    expect(await titleOf(aFile(), soundOnly)).toMatch(/no picture.*HEVC/);
    expect(await titleOf(new File(['x'], 'a.mp3', { type: 'audio/mpeg' }), soundOnly)).toBe(10);
    expect([isAudioFile({ type: '', name: 'a.OPUS' }), isAudioFile({ type: 'video/ogg', name: 'a.ogg' })]).toEqual([true, false]);
  });

  test('without a length is sought to its end to find it', async () => {
    const grows = (to: number) => (video: HTMLVideoElement) => {
      Object.defineProperty(video, 'currentTime', { set: () => queueMicrotask(() => {
        Object.defineProperty(video, 'duration', { value: to, configurable: true });
        video.dispatchEvent(new Event('durationchange'));
      }) });
      shape(video, Number.POSITIVE_INFINITY);
    }; // prettier-ignore
    expect(await titleOf(aFile(), grows(42))).toBe(42);
    expect(await titleOf(aFile(), grows(Number.POSITIVE_INFINITY))).toMatch(/does not say how long/);
  });

  test('that is no film, is empty or says nothing in time is explained', async () => {
    expect(await titleOf(new File(['x'], 'a.srt'), () => undefined)).toMatch(/no film/);
    expect(await titleOf(new File([], 'a.mp4', { type: 'video/mp4' }), () => undefined)).toMatch(/cannot be read/);
    vi.useFakeTimers();
    const silent = titleOf(aFile(), () => undefined);
    await vi.advanceTimersByTimeAsync(30_000);
    vi.useRealTimers();
    expect(await silent).toMatch(/cannot play/);
  });
});
