/** Keeps which file is this viewer's copy of which film, in IndexedDB: handles where the browser gives them, else names. */
import type { FileHandle } from './file-handle';
import type { Fingerprint } from './local-link';

/** A copy as it was when it was chosen. */
export interface KeptCopy {
  /** Content key of the room's film. */
  film: string;
  /** The viewer's own file. */
  copy: Fingerprint;
  lastModified: number;
  /** Null where the browser gave none: the viewer chooses the file again. */
  handle: FileHandle | null;
}

interface StoredCopy extends KeptCopy {
  /** Version of the record; records of other versions count as absent. */
  version: 1;
  /** Orders the records by use. */
  use: number;
}

export interface CopyStore {
  find(film: string): Promise<KeptCopy | null>;
  keep(copy: KeptCopy): Promise<void>;
  forget(film: string): Promise<void>;
}

export const KEPT_MAX = 20;
const STORE = 'copies';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request failed'));
  });
}

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'film' });
  return done(request);
}

function isReadable(record: StoredCopy | undefined): record is StoredCopy {
  return record?.version === 1 && typeof record.lastModified === 'number' && typeof record.copy?.name === 'string';
}

/** A browser that keeps nothing, such as in a private window, makes a store that finds nothing. */
export function createCopyStore(factory: IDBFactory | undefined, name: string): CopyStore {
  async function within<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => Promise<T>): Promise<T | null> {
    let database: IDBDatabase | null = null;
    try {
      if (factory === undefined) return null;
      database = await open(factory, name);
      return await run(database.transaction(STORE, mode).objectStore(STORE));
    } catch (problem) {
      console.warn('What this browser keeps of own copies cannot be used', problem);
      return null;
    } finally {
      database?.close();
    }
  }

  return {
    find: (film) =>
      within('readonly', async (store) => {
        const record = (await done(store.get(film))) as StoredCopy | undefined;
        return isReadable(record) ? record : null;
      }),
    async keep(copy) {
      await within('readwrite', async (store) => {
        const known = ((await done(store.getAll())) as StoredCopy[]).filter(({ film }) => film !== copy.film);
        const use = Math.max(0, ...known.map((one) => (isReadable(one) ? one.use : 0))) + 1;
        known.sort((a, b) => (isReadable(b) ? b.use : 0) - (isReadable(a) ? a.use : 0));
        for (const { film } of known.slice(KEPT_MAX - 1)) store.delete(film);
        await done(store.put({ ...copy, version: 1, use } satisfies StoredCopy));
      });
    },
    async forget(film) {
      await within('readwrite', (store) => done(store.delete(film)));
    },
  };
}
