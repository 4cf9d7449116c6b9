/**
 * Loads the script of a provider's player. A blocker may refuse the script, which most libraries neither report nor
 * retry.
 */
const LOAD_TIMEOUT_MS = 15_000;

export interface ProviderScript {
  /** For the error message. */
  name: string;
  address: string;
  isLoaded(): boolean;
  /** Registers a callback that runs when players can be created. */
  onLoaded(run: () => void): void;
}

/** Returns a function that resolves when players can be created. It rejects on failure, and the next call tries again. */
export function scriptLoader({ name, address, isLoaded, onLoaded }: ProviderScript): () => Promise<void> {
  let loading: Promise<void> | null = null;
  return () => {
    if (isLoaded()) return Promise.resolve();
    loading ??= new Promise<void>((resolve, reject) => {
      const script = document.createElement('script');
      const timer = window.setTimeout(() => failed(), LOAD_TIMEOUT_MS);
      const failed = () => {
        window.clearTimeout(timer);
        script.remove();
        loading = null;
        reject(new Error(`${name} did not load`));
      };
      onLoaded(() => {
        window.clearTimeout(timer);
        resolve();
      });
      script.onerror = failed;
      script.src = address;
      document.head.append(script);
    });
    return loading;
  };
}
