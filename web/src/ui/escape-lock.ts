/** Keeps Escape for what is open over the film, where the browser allows it. */
import { useEffect } from 'preact/hooks';
import { keepEscape } from '../app/fullscreen';

export function useEscapeLock(active: boolean): void {
  useEffect(() => (active ? keepEscape() : undefined), [active]);
}
