/** Components whose code loads when they are first shown, so that the first load stays small. */
import type { ComponentChildren, ComponentType, VNode } from 'preact';
import { loadOnce } from '../app/load-once';

export type LazyComponent<P extends object> = ((props: P) => VNode) & {
  /** Loads the code before it is shown. */
  preload: () => void;
};

/** Returns a component that shows the fallback until its code has loaded, and tries again when that fails. */
export function lazyComponent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  fallback: (props: P) => ComponentChildren = () => null,
): LazyComponent<P> {
  const { loaded, start } = loadOnce(load);

  function Lazy(props: P) {
    const Loaded = loaded.value;
    if (Loaded === null) void start();
    return Loaded === null ? <>{fallback(props)}</> : <Loaded {...props} />;
  }
  return Object.assign(Lazy, { preload: () => void start() });
}
