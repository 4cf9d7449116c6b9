/** Run-time checks of server messages. A check returns the typed value or throws a Mismatch that names the field. */
export class Mismatch extends Error {}

export type Check<T> = (value: unknown, path: string) => T;
export type Checked<C> = C extends Check<infer T> ? T : never;

function fail(path: string, wanted: string, value: unknown): never {
  throw new Mismatch(`${path}: expected ${wanted}, received ${value === null ? 'null' : typeof value}`);
}

export const str: Check<string> = (value, path) => (typeof value === 'string' ? value : fail(path, 'string', value));

export const bool: Check<boolean> = (value, path) => (typeof value === 'boolean' ? value : fail(path, 'boolean', value));

export const num: Check<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? value : fail(path, 'finite number', value);

export function oneOf<const T extends string>(...allowed: T[]): Check<T> {
  return (value, path) => (allowed.includes(value as T) ? (value as T) : fail(path, allowed.join(' | '), value));
}

/** Accepts the known values; null and an unknown value, which a newer server may send, become the fallback. */
export function enumOr<const T extends string>(fallback: T, ...known: T[]): Check<T> {
  return (value, path) => (value !== null && known.includes(str(value, path) as T) ? (value as T) : fallback);
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value, path) => (value === null || value === undefined ? null : check(value, path));
}

/** Accepts an absent field; null counts as absent. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, path) => (value === null || value === undefined ? undefined : check(value, path));
}

export function list<T>(check: Check<T>): Check<T[]> {
  return (value, path) =>
    Array.isArray(value) ? value.map((item, index) => check(item, `${path}[${index}]`)) : fail(path, 'array', value);
}

/** Accepts any object as it is, for a part of the page that is loaded later to check it. */
export const unread: Check<Record<string, unknown>> = (value, path) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : fail(path, 'object', value);

type Shape = Record<string, Check<unknown>>;
type OptionalKeys<S extends Shape> = { [K in keyof S]: undefined extends Checked<S[K]> ? K : never }[keyof S];
type Fields<S extends Shape> = { [K in Exclude<keyof S, OptionalKeys<S>>]: Checked<S[K]> } & {
  [K in OptionalKeys<S>]?: Checked<S[K]>;
};

/** Accepts an object with at least these fields. Unknown fields are dropped, so only checked data is passed on. */
export function obj<S extends Shape>(shape: S): Check<Fields<S>> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'object', value);
    const out: Record<string, unknown> = {};
    for (const [key, check] of Object.entries(shape)) {
      const field = check((value as Record<string, unknown>)[key], `${path}.${key}`);
      if (field !== undefined) out[key] = field;
    }
    return out as Fields<S>;
  };
}
