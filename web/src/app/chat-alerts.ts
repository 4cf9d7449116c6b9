/** A sound and a browser notification for messages of others, each by this viewer's choice. */
import { signal } from '@preact/signals';
import type { ChatStore } from '../chat/chat-store';
import { plainText } from '../chat/message-marks';
import type { ChatMessage } from '../protocol/chat';
import type { RoomStore } from '../room/room-store';
import type { RoomMentions } from './room-mentions';
import type { SettingsStorage } from './sync-status';

const SOUND_KEY = 'wnc.chat-sound';
const NOTIFY_KEY = 'wnc.chat-notify';
const MENTIONS_KEY = 'wnc.chat-mentions';
/** Least time between two sounds. */
const SOUND_EVERY_MS = 2000;
const TEXT_MAX = 160;

/** Why there are no notifications: the browser has none here, or the viewer forbade them. */
export type NotifyProblem = 'missing' | 'denied' | null;

export function createAlertSettings(storage: SettingsStorage) {
  function load(key: string): boolean {
    try {
      return storage.getItem(key) === 'on';
    } catch {
      return false;
    }
  }

  function save(key: string, on: boolean): void {
    try {
      storage.setItem(key, on ? 'on' : 'off');
    } catch {
      // Holds until the page is left.
    }
  }

  const sound = signal(load(SOUND_KEY));
  const notify = signal(load(NOTIFY_KEY));
  const mentionsOnly = signal(load(MENTIONS_KEY));
  const notifyProblem = signal<NotifyProblem>(null);
  if (notify.peek() && (typeof Notification === 'undefined' || Notification.permission !== 'granted')) notify.value = false;

  return {
    sound,
    notify,
    mentionsOnly,
    notifyProblem,
    setSound(on: boolean): void {
      sound.value = on;
      save(SOUND_KEY, on);
      if (on) playSound();
    },
    setMentionsOnly(on: boolean): void {
      mentionsOnly.value = on;
      save(MENTIONS_KEY, on);
    },
    /** Asks the browser for its permission first. */
    async setNotify(on: boolean): Promise<void> {
      const permission = on ? await askForPermission() : 'granted';
      notifyProblem.value = permission === 'granted' ? null : permission === 'missing' ? 'missing' : 'denied';
      notify.value = on && permission === 'granted';
      save(NOTIFY_KEY, notify.value);
    },
  };
}

export type AlertSettings = ReturnType<typeof createAlertSettings>;

async function askForPermission(): Promise<NotificationPermission | 'missing'> {
  if (typeof Notification === 'undefined') return 'missing';
  try {
    return await Notification.requestPermission();
  } catch {
    return 'missing';
  }
}

let audio: AudioContext | null = null;

/** Plays two short tones. Silent where the browser lets no page sound yet. */
function playSound(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume().catch(() => undefined);
    for (const [delay, pitch] of [
      [0, 660],
      [0.09, 880],
    ] as const) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const at = audio.currentTime + delay;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.08, at + 0.01);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.12);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.14);
    }
  } catch {
    // There is no sound here.
  }
}

function showNotification({ userName, message }: ChatMessage, roomId: string | null): void {
  try {
    // One per room: the newest takes the place of the one before.
    const shown = new Notification(userName, { body: plainText(message).slice(0, TEXT_MAX), tag: `wnc-${roomId}` });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Some phones have notifications by service workers only.
  }
}

export interface AlertPorts {
  room: Pick<RoomStore, 'roomId'>;
  chat: Pick<ChatStore, 'onArrival'>;
  mentions: Pick<RoomMentions, 'isForMe'>;
  settings: AlertSettings;
  now(): number;
}

/** Starts the alerts; messages of this viewer cause none. */
export function startAlerts({ room, chat, mentions, settings, now }: AlertPorts): () => void {
  let soundedAt = Number.NEGATIVE_INFINITY;
  return chat.onArrival((message) => {
    if (settings.mentionsOnly.peek() && !mentions.isForMe(message.message)) return;
    if (settings.sound.peek() && now() - soundedAt >= SOUND_EVERY_MS) {
      soundedAt = now();
      playSound();
    }
    if (settings.notify.peek() && document.hidden) showNotification(message, room.roomId.peek());
  });
}
