/** What this viewer chose for voice, kept in this browser. */
import { signal } from '@preact/signals';
import type { SettingsStorage } from '../app/sync-status';
import { DEFAULT_KEY, type TalkKey, readTalkKey } from './talk-key';

export interface VoiceSettings {
  /** The chosen microphone; empty for the default of the system. */
  device: string;
  /** The chosen camera; empty for the default of the system. */
  camera: string;
  pushToTalk: boolean;
  talkKey: TalkKey;
  ducking: boolean;
  /** Whether the camera pictures of others are received and shown. */
  pictures: boolean;
}

const KEY = 'wnc.voice-settings';
const DEFAULT: VoiceSettings = {
  device: '',
  camera: '',
  pushToTalk: false,
  talkKey: DEFAULT_KEY,
  ducking: true,
  pictures: true,
};

export function createVoiceSettings(storage: SettingsStorage) {
  const settings = signal(readVoiceSettings(storage));
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

/** Reads the stored settings; those of an earlier version lack some fields. */
export function readVoiceSettings(storage: SettingsStorage): VoiceSettings {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<Record<keyof VoiceSettings, unknown>> | null;
    return {
      device: typeof kept?.device === 'string' ? kept.device : DEFAULT.device,
      camera: typeof kept?.camera === 'string' ? kept.camera : DEFAULT.camera,
      pushToTalk: kept?.pushToTalk === true,
      talkKey: readTalkKey(kept?.talkKey),
      ducking: kept?.ducking !== false,
      pictures: kept?.pictures !== false,
    };
  } catch {
    return DEFAULT;
  }
}
