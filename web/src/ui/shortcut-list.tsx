/** The list of all keyboard shortcuts. Loaded when it is shown. */
import { useApp } from './context';

const SHORTCUTS: { keys: string[]; does: string; host?: boolean }[] = [
  { keys: ['Space', 'K'], does: 'Play or pause', host: true },
  { keys: ['←', '→'], does: 'Back or ahead 5 seconds', host: true },
  { keys: ['J', 'L'], does: 'Back or ahead 10 seconds', host: true },
  { keys: ['U'], does: 'Undo the last jump', host: true },
  { keys: ['M'], does: 'Mute for yourself' },
  { keys: ['C'], does: 'Subtitles on or off' },
  { keys: ['G', 'H'], does: 'Subtitles earlier or later' },
  { keys: ['F'], does: 'Full screen' },
  { keys: ['R'], does: 'React to the film' },
  { keys: ['Space', '↑', '↓'], does: 'On a handle in the queue: lift and move a film' },
  { keys: ['V'], does: 'Hold to talk, when push to talk is on' },
  { keys: ['/'], does: 'Write in the chat' },
  { keys: ['↑', '↓'], does: 'In the chat: from message to message, Enter for what to do with one' },
  { keys: ['↑'], does: 'In an empty message field: change your last message' },
  { keys: ['?'], does: 'This list' },
];

export function ShortcutList() {
  const { room } = useApp();
  return (
    <dl class="shortcut-list">
      {SHORTCUTS.map(({ keys, does, host }) => (
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
