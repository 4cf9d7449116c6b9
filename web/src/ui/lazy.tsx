/** Components whose code loads when they are first shown, so that the first load stays small. */
import { signal } from '@preact/signals';
import type { ComponentChildren, ComponentType, VNode } from 'preact';

const RETRY_MS = 2000;

export type LazyComponent<P extends object> = ((props: P) => VNode) & {
  /** Loads the code before it is shown. */
  preload: () => void;
};

/** Returns a component that shows the fallback until its code has loaded, and tries again when that fails. */
export function lazyComponent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  fallback: (props: P) => ComponentChildren = () => null,
): LazyComponent<P> {
  const loaded = signal<ComponentType<P> | null>(null);
  let loading = false;

  async function start(): Promise<void> {
    if (loading || loaded.peek() !== null) return;
    loading = true;
    try {
      const component = await load();
      loaded.value = component;
    } catch {
      // Still loading until then, because each redraw of the component starts it.
      window.setTimeout(() => {
        loading = false;
        void start();
      }, RETRY_MS);
    }
  }

  function Lazy(props: P) {
    const Loaded = loaded.value;
    if (Loaded === null) void start();
    return Loaded === null ? <>{fallback(props)}</> : <Loaded {...props} />;
  }
  return Object.assign(Lazy, { preload: () => void start() });
}
