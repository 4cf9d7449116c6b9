import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { App } from '../app/app';

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('There is no app around this component');
  return app;
}
