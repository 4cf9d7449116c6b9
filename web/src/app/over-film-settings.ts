/** What this viewer sees over the picture: kept in this browser. */
import { type Signal, signal } from '@preact/signals';
import type { SettingsStorage } from './sync-status';

export interface OverFilmSettings {
  /** Whether reactions to the film are shown. */
  reactions: Setting;
  /** Whether new messages are shown where the chat is out of sight. */
  messages: Setting;
  /** Whether messages are shown at their place in the film. */
  replay: Setting;
}

export interface Setting {
  readonly on: Signal<boolean>;
  set(on: boolean): void;
}

export function createOverFilmSettings(storage: SettingsStorage): OverFilmSettings {
  function setting(key: string, first: boolean): Setting {
    const on = signal(load(key) ?? first);
    return {
      on,
      set(next: boolean): void {
        on.value = next;
        try {
          storage.setItem(key, next ? 'on' : 'off');
        } catch {
          // Holds until the page is left.
        }
      },
    };
  }

  function load(key: string): boolean | null {
    try {
      const kept = storage.getItem(key);
      return kept === 'on' || kept === 'off' ? kept === 'on' : null;
    } catch {
      return null;
    }
  }

  return {
    reactions: setting('wnc.film-reactions', true),
    messages: setting('wnc.film-messages', true),
    replay: setting('wnc.film-replay', false),
  };
}
