/** The path below which the site is served: the document names it, so that one build fits every path. */

/** Reads what the document says; `''` for the root. */
export function readBasePath(content: string | null | undefined): string {
  return content?.startsWith('/') === true && !content.startsWith('//') ? content.replace(/\/+$/, '') : '';
}

/** Begins with a slash and ends without one, or is empty. */
export const basePath = readBasePath(
  typeof document === 'undefined' ? null : document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content,
);

/** The address of a path of the site, such as `/party/join` of `/join`. */
export function siteAddress(path: string, base = basePath): string {
  return base + path;
}

/** The path within the site; addresses outside of it are left as they are. */
export function sitePath(address: string, base = basePath): string {
  if (base === '' || !address.startsWith(base)) return address;
  const rest = address.slice(base.length);
  return rest === '' ? '/' : rest.startsWith('/') ? rest : address;
}

export type SiteStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Keeps what several sites of one origin remember apart from each other. */
export function siteStorage(storage: Storage, base = basePath): SiteStorage {
  if (base === '') return storage;
  const key = (name: string) => `${name}@${base}`;
  return {
    getItem: (name: string) => storage.getItem(key(name)),
    setItem: (name: string, value: string) => storage.setItem(key(name), value),
    removeItem: (name: string) => storage.removeItem(key(name)),
  };
}
