/** The path below which the site is served. The document names it, so that one build works at every path. */

/** Reads the base path from the document; `''` for the root. */
export function readBasePath(content: string | null | undefined): string {
  return content?.startsWith('/') === true && !content.startsWith('//') ? content.replace(/\/+$/, '') : '';
}

/** Begins with a slash and ends without one, or is empty. */
export const basePath = readBasePath(
  typeof document === 'undefined' ? null : document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content,
);

/** Returns the address of a path of the site, such as `/party/join` for `/join`. */
export function siteAddress(path: string, base = basePath): string {
  return base + path;
}

/** Returns the path within the site; other addresses are returned unchanged. */
export function sitePath(address: string, base = basePath): string {
  if (base === '' || !address.startsWith(base)) return address;
  const rest = address.slice(base.length);
  return rest === '' ? '/' : rest.startsWith('/') ? rest : address;
}

export type SiteStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Separates the stored values of several sites on one origin. */
export function siteStorage(storage: Storage, base = basePath): SiteStorage {
  if (base === '') return storage;
  const key = (name: string) => `${name}@${base}`;
  return {
    getItem: (name: string) => storage.getItem(key(name)),
    setItem: (name: string, value: string) => storage.setItem(key(name), value),
    removeItem: (name: string) => storage.removeItem(key(name)),
  };
}
