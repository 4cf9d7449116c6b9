/** The list of all keyboard shortcuts. Loaded when it is shown. */
import { readVoiceSettings } from '../voice/voice-settings';
import { useApp } from './context';

interface Shortcut {
  keys: string[];
  does: string;
  host?: boolean;
  /** Whether the key works only in a part of the page. */
  local?: boolean;
}

const SHORTCUTS: Shortcut[] = [
  { keys: ['Space', 'K'], does: 'Play or pause', host: true },
  { keys: ['←', '→'], does: 'Back or ahead 5 seconds', host: true },
  { keys: ['J', 'L'], does: 'Back or ahead 10 seconds', host: true },
  { keys: ['U'], does: 'Undo the last jump', host: true },
  { keys: ['M'], does: 'Mute for yourself' },
  { keys: ['C'], does: 'Subtitles on or off' },
  { keys: ['G', 'H'], does: 'Subtitles earlier or later' },
  { keys: ['F'], does: 'Full screen' },
  { keys: ['R'], does: 'React to the film' },
  { keys: ['Space', '↑', '↓'], does: 'On a handle in the queue: lift and move a film', local: true },
  { keys: ['/'], does: 'Write in the chat' },
  { keys: ['↑', '↓'], does: 'In the chat: from message to message, Enter for what to do with one', local: true },
  { keys: ['↑'], does: 'In an empty message field: change your last message', local: true },
  { keys: ['?'], does: 'This list' },
];

/** Returns whether a key is a shortcut of the page. */
export function usesKey(key: string): boolean {
  return SHORTCUTS.some(({ keys, local }) => local !== true && keys.includes(key));
}

/** Returns the shortcuts with the key that is held to talk, which has no other use while push to talk is on. */
function shortcutsWith(talkKey: string, pushToTalk: boolean): Shortcut[] {
  const others = SHORTCUTS.map((one) =>
    pushToTalk && one.local !== true ? { ...one, keys: one.keys.filter((key) => key !== talkKey) } : one,
  );
  const talk = { keys: [talkKey], does: pushToTalk ? 'Hold to talk' : 'Hold to talk, when push to talk is on' };
  return [...others.filter(({ keys }) => keys.length > 0), talk];
}

export function ShortcutList() {
  const { room, voice } = useApp();
  const loaded = voice.loaded.value;
  const { talkKey, pushToTalk } = loaded?.settings.value ?? readVoiceSettings(localStorage);
  return (
    <dl class="shortcut-list">
      {shortcutsWith(talkKey.name, pushToTalk && loaded?.phase.value === 'on').map(({ keys, does, host }) => (
        <div class="shortcut-row" key={does}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>
            {does}
            {host === true && !room.mayControl.value && <small> – whoever holds the remote</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
