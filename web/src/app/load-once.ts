/** Loads parts of the page once, and tries again when that fails. */
import { type ReadonlySignal, signal } from '@preact/signals';

const RETRY_MS = 2000;

/** Returns what is loaded, null until then, and a function that starts to load it. */
export function loadOnce<T>(load: () => Promise<T>): { loaded: ReadonlySignal<T | null>; start: () => Promise<void> } {
  const loaded = signal<T | null>(null);
  let loading = false;

  async function start(): Promise<void> {
    if (loading || loaded.peek() !== null) return;
    loading = true;
    try {
      const found = await load();
      loaded.value = found;
    } catch {
      // Still loading until then, because each redraw of a component starts it.
      window.setTimeout(() => {
        loading = false;
        void start();
      }, RETRY_MS);
    }
  }
  return { loaded, start };
}

export interface LoadedOnDemand<T> {
  /** Null until its code has loaded. */
  loaded: ReadonlySignal<T | null>;
  /** Returns the part; a failure to load it is tried again with the next call. */
  load(): Promise<T>;
}

/** Returns a part of the page that is loaded with the first call that needs it. */
export function loadOnDemand<T>(create: () => Promise<T>): LoadedOnDemand<T> {
  const loaded = signal<T | null>(null);
  let loading: Promise<T> | null = null;

  async function start(): Promise<T> {
    return (loaded.value = await create());
  }

  return {
    loaded,
    load(): Promise<T> {
      loading ??= start().catch((problem: unknown) => {
        loading = null;
        throw problem;
      });
      return loading;
    },
  };
}
