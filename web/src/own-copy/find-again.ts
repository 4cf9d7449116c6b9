/** Finds a viewer's copy again after a refresh, as far as the browser lets the page. */
import type { CopyStore, KeptCopy } from './copy-store';
import { type FileHandle, askPermission, permissionOf } from './file-handle';
import { type Hashes, contentKey } from './local-link';

/**
 * permission: a click gives the file back. again: the browser keeps no files, so that it is chosen again. gone: it was
 * moved, renamed or deleted. changed: its bytes are others now.
 */
export type MissingWhy = 'permission' | 'again' | 'gone' | 'changed';

export type FoundAgain = { file: File; kept: KeptCopy } | { why: MissingWhy; name: string } | null;

/** Returns why a file in use cannot be read any more. Without a handle, nobody can tell. */
export async function whyUnreadable(handle: FileHandle | null): Promise<'gone' | 'changed'> {
  try {
    await handle?.getFile();
    return handle === null ? 'gone' : 'changed';
  } catch {
    return 'gone';
  }
}

/**
 * Looks for the copy of a film.
 * @param ask whether the viewer may be asked for the permission, which browsers allow in a click alone
 */
export async function findAgain(
  film: string,
  { store, hash, ask }: { store: CopyStore; hash: (file: File) => Promise<Hashes | null>; ask: boolean },
): Promise<FoundAgain> {
  const kept = await store.find(film);
  if (kept === null) return null;
  const { handle, copy } = kept;
  const missing = (why: MissingWhy) => ({ why, name: copy.name });
  if (handle === null) return missing('again');
  try {
    const allowed = ask ? await askPermission(handle) : (await permissionOf(handle)) === 'granted';
    if (!allowed) return missing('permission');
  } catch {
    return missing('again');
  }
  let file: File;
  try {
    file = await handle.getFile();
  } catch {
    return missing('gone');
  }
  if (file.size === copy.size && file.lastModified === kept.lastModified) return { file, kept };
  const hashes = file.size === copy.size ? await hash(file) : null;
  return hashes !== null && contentKey({ size: file.size, hashes }) === contentKey(copy) ? { file, kept } : missing('changed');
}
