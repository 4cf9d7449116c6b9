/** What this viewer chose for voice, kept in this browser. */
import { signal } from '@preact/signals';
import type { SettingsStorage } from '../app/sync-status';

export interface VoiceSettings {
  /** The chosen microphone; empty for the usual one. */
  device: string;
  pushToTalk: boolean;
  ducking: boolean;
}

const KEY = 'wnc.voice-settings';
const DEFAULT: VoiceSettings = { device: '', pushToTalk: false, ducking: true };

export function createVoiceSettings(storage: SettingsStorage) {
  const settings = signal(read(storage));
  return {
    settings,
    change(next: Partial<VoiceSettings>): void {
      settings.value = { ...settings.value, ...next };
      try {
        storage.setItem(KEY, JSON.stringify(settings.value));
      } catch {
        // storage refused
      }
    },
  };
}

function read(storage: SettingsStorage): VoiceSettings {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<Record<keyof VoiceSettings, unknown>> | null;
    return {
      device: typeof kept?.device === 'string' ? kept.device : DEFAULT.device,
      pushToTalk: kept?.pushToTalk === true,
      ducking: kept?.ducking !== false,
    };
  } catch {
    return DEFAULT;
  }
}
