/** Files, handles and fingerprints for the tests of viewers' own copies. */
import type { FileHandle } from '../../src/own-copy/file-handle';
import { type Fingerprint, contentKey } from '../../src/own-copy/local-link';

export function aFingerprint(over: Partial<Fingerprint> = {}): Fingerprint {
  const hashes = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as unknown as Fingerprint['hashes'];
  return { name: 'film.mp4', size: 1_400_000_000, duration: 5525.12, hashes, ...over };
}

export const FILM_KEY = contentKey(aFingerprint());

/** Returns a file that says that it has the size of the fingerprint. */
export function aFile({ name, size }: Fingerprint = aFingerprint(), type = 'video/mp4'): File {
  const file = new File(['x'], name, { type, lastModified: 1000 });
  Object.defineProperty(file, 'size', { value: size });
  return file;
}

export interface FakeHandle extends FileHandle {
  permission: PermissionState;
  /** Null when the file is gone. */
  file: File | null;
}

/** Returns a handle whose permission a request grants, unless it was denied. */
export function aHandle(file: File | null, permission: PermissionState = 'granted'): FakeHandle {
  const handle: FakeHandle = {
    kind: 'file',
    name: file?.name ?? 'film.mp4',
    permission,
    file,
    getFile: () =>
      handle.file === null ? Promise.reject(new DOMException('gone', 'NotFoundError')) : Promise.resolve(handle.file),
    queryPermission: () => Promise.resolve(handle.permission),
    requestPermission: () => {
      if (handle.permission === 'prompt') handle.permission = 'granted';
      return Promise.resolve(handle.permission);
    },
  };
  return handle;
}
