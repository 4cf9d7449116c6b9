/** What a browser keeps of own copies, and how a copy is found again. */
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type CopyStore, KEPT_MAX, type KeptCopy, createCopyStore } from '../src/own-copy/copy-store';
import { findAgain, whyUnreadable } from '../src/own-copy/find-again';
import { FILM_KEY, aFile, aFingerprint, aHandle } from './support/own-copies';

const kept = (over: Partial<KeptCopy> = {}): KeptCopy => ({
  film: FILM_KEY,
  copy: aFingerprint(),
  lastModified: 1000,
  handle: null,
  ...over,
});

describe('the store', () => {
  let factory: IDBFactory;
  let store: CopyStore;
  beforeEach(() => {
    factory = new IDBFactory();
    store = createCopyStore(factory, 'copies');
  });

  test('finds what it keeps, and forgets it', async () => {
    // A real handle can be cloned; the fake one has functions, which cannot.
    const handle = { kind: 'file', name: 'film.mp4' } as KeptCopy['handle'];
    await store.keep(kept({ handle }));
    expect(await createCopyStore(factory, 'copies').find(FILM_KEY)).toMatchObject(kept({ handle }));
    expect(await store.find('another')).toBeNull();
    await store.forget(FILM_KEY);
    expect(await store.find(FILM_KEY)).toBeNull();
  });

  test('keeps the last 20; using one anew makes it the newest', async () => {
    for (let i = 0; i < KEPT_MAX; i++) await store.keep(kept({ film: `film ${i}` }));
    await store.keep(kept({ film: 'film 0' }));
    await store.keep(kept({ film: 'one more' }));
    const there = async (film: string) => (await store.find(film)) !== null;
    expect(await Promise.all(['film 0', 'film 1', 'film 2', 'one more'].map(there))).toEqual([true, false, true, true]);
  });

  test.each([
    { film: FILM_KEY, version: 2 },
    { film: FILM_KEY, version: 1, lastModified: 'x' },
    { film: FILM_KEY, version: 1, lastModified: 5, copy: null },
  ])('a record of another form counts as absent, and is replaced: %j', async (record) => {
    await store.keep(kept());
    await new Promise((resolve, reject) => {
      const open = factory.open('copies', 1);
      open.onsuccess = () => {
        const put = open.result.transaction('copies', 'readwrite').objectStore('copies').put(record);
        put.onsuccess = () => resolve(open.result.close());
        put.onerror = reject;
      };
    });
    expect(await store.find(FILM_KEY)).toBeNull();
    await store.keep(kept());
    expect(await store.find(FILM_KEY)).toMatchObject(kept());
  });

  test('a browser that keeps nothing finds nothing', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const refusing = { open: () => { throw new DOMException('no', 'SecurityError'); } } as unknown as IDBFactory; // prettier-ignore
    for (const none of [createCopyStore(undefined, 'copies'), createCopyStore(refusing, 'copies')]) {
      await none.keep(kept());
      await none.forget(FILM_KEY);
      expect(await none.find(FILM_KEY)).toBeNull();
    }
    vi.restoreAllMocks();
  });
});

describe('found again', () => {
  const storeWith = (record: KeptCopy | null): CopyStore => ({
    find: () => Promise.resolve(record),
    keep: () => Promise.resolve(),
    forget: () => Promise.resolve(),
  });
  const hash = vi.fn(() => Promise.resolve<KeptCopy['copy']['hashes'] | null>(aFingerprint().hashes));
  const find = (record: KeptCopy | null, ask = false) => findAgain(FILM_KEY, { store: storeWith(record), hash, ask });
  beforeEach(() => void hash.mockClear());

  test('a file that the browser may read is there at once, without reading it', async () => {
    const file = aFile();
    expect(await find(kept({ handle: aHandle(file) }))).toMatchObject({ file });
    expect(hash).not.toHaveBeenCalled();
  });

  test('a permission is asked for in a click alone', async () => {
    const handle = aHandle(aFile(), 'prompt');
    expect(await find(kept({ handle }))).toEqual({ why: 'permission', name: 'film.mp4' });
    expect(await find(kept({ handle }), true)).toMatchObject({ file: handle.file });
    expect(await find(kept({ handle: aHandle(aFile(), 'denied') }), true)).toEqual({ why: 'permission', name: 'film.mp4' });
  });

  test('a file that was touched is read again', async () => {
    const touched = aHandle(aFile());
    expect(await find(kept({ handle: touched, lastModified: 5 }))).toMatchObject({ file: touched.file });
    hash.mockResolvedValueOnce(['x', 'y', 'z']);
    expect(await find(kept({ handle: touched, lastModified: 5 }))).toEqual({ why: 'changed', name: 'film.mp4' });
    hash.mockResolvedValueOnce(null);
    expect(await find(kept({ handle: touched, lastModified: 5 }))).toEqual({ why: 'changed', name: 'film.mp4' });
    const shorter = aHandle(aFile(aFingerprint({ size: 5 })));
    expect(await find(kept({ handle: shorter }))).toEqual({ why: 'changed', name: 'film.mp4' });
  });

  test('says what is missing', async () => {
    expect(await find(null)).toBeNull();
    expect(await find(kept())).toEqual({ why: 'again', name: 'film.mp4' });
    expect(await find(kept({ handle: aHandle(null) }))).toEqual({ why: 'gone', name: 'film.mp4' });
    const broken = { ...aHandle(aFile()), queryPermission: () => Promise.reject(new Error('no')) };
    expect(await find(kept({ handle: broken }))).toEqual({ why: 'again', name: 'film.mp4' });
  });

  test('a file in use that cannot be read any more has changed or is gone', async () => {
    expect(await whyUnreadable(aHandle(aFile()))).toBe('changed');
    expect(await whyUnreadable(aHandle(null))).toBe('gone');
    expect(await whyUnreadable(null)).toBe('gone');
  });
});
