/** The host menu's part about the room: title, listing, control, chat. */
import { useSignal } from '@preact/signals';
import { type RoomSettings, TITLE_MAX, cleanTitle } from '../protocol/room-access';
import { slowModeText } from '../room/settings-notices';
import { useApp } from './context';
import { useHostCommands } from './room-menu-context';
import { Field } from './primitives';
import { HostSetting, MenuSection, Switch } from './room-menu-parts';

export function TitleSection() {
  const { room } = useApp();
  const hostCommands = useHostCommands();
  const { title, listed } = room.settings.value;
  /** Null until the host types. */
  const typed = useSignal<string | null>(null);
  const changed = typed.value !== null && cleanTitle(typed.value) !== title;

  async function save(): Promise<void> {
    if (typed.value === null || !changed) return;
    if (await hostCommands.setSettings({ title: cleanTitle(typed.value) })) typed.value = null;
  }

  return (
    <MenuSection title="Room">
      <form
        class="menu-row"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label="Title"
          value={typed.value ?? title ?? ''}
          onInput={(value) => (typed.value = value)}
          class="field-flat"
          input={{ name: 'room-title', maxLength: TITLE_MAX, autocomplete: 'off', placeholder: 'Friday film night' }}
        />
        <button type="submit" class="button button-outline" aria-disabled={!changed}>
          Save
        </button>
      </form>
      <Switch
        label="Show it on the start page"
        hint="Everybody who opens this site sees the room, its film and how many are in it."
        on={listed}
        onChange={(on) => void hostCommands.setSettings({ listed: on })}
      />
    </MenuSection>
  );
}

const SKIP_SHARES = [
  { value: 0, label: 'Off', name: 'Off: no votes to skip' },
  { value: 0.34, label: 'A third' },
  { value: 0.5, label: 'Half' },
  { value: 0.67, label: 'Two thirds' },
  { value: 1, label: 'All' },
];

export function ControlSection() {
  const { room } = useApp();
  const hostCommands = useHostCommands();
  const { queue, skipShare } = room.settings.value;
  const shares = SKIP_SHARES.some(({ value }) => value === skipShare)
    ? SKIP_SHARES
    : [...SKIP_SHARES, { value: skipShare, label: `${Math.round(skipShare * 100)} %` }];
  return (
    <MenuSection title="Who may control">
      <HostSetting<RoomSettings['control']>
        legend="Play, pause, jump, speed"
        choices={[
          { value: 'hosts', label: 'Hosts' },
          { value: 'everyone', label: 'Everybody' },
        ]}
        chosen={room.settings.value.control}
        onChoose={(control) => void hostCommands.setSettings({ control })}
      />
      <HostSetting<RoomSettings['queue']>
        legend="Add films to the queue"
        choices={[
          { value: 'hosts', label: 'Hosts' },
          { value: 'everyone', label: 'Everybody' },
        ]}
        chosen={queue}
        onChoose={(next) => void hostCommands.setSettings({ queue: next })}
      />
      <HostSetting
        legend="Votes needed to skip a film"
        choices={shares}
        chosen={skipShare}
        onChoose={(share) => void hostCommands.setSettings({ skipShare: share })}
      />
    </MenuSection>
  );
}

const SLOW_MODES_MS = [0, 5000, 10_000, 30_000, 60_000];

export function ChatSection() {
  const { room } = useApp();
  const hostCommands = useHostCommands();
  const { chat, slowModeMs } = room.settings.value;
  const modes = SLOW_MODES_MS.includes(slowModeMs) ? SLOW_MODES_MS : [...SLOW_MODES_MS, slowModeMs].sort((a, b) => a - b);
  return (
    <MenuSection title="Chat">
      <HostSetting<RoomSettings['chat']>
        legend="Who may write"
        choices={[
          { value: 'everyone', label: 'Everybody' },
          { value: 'hosts', label: 'Hosts' },
        ]}
        chosen={chat}
        onChoose={(next) => void hostCommands.setSettings({ chat: next })}
      />
      <HostSetting
        legend="Slow mode: one message every"
        choices={modes.map((ms) => ({
          value: ms,
          label: ms === 0 ? 'Off' : slowModeText(ms),
          name: ms === 0 ? 'Off: no slow mode' : `Every ${slowModeText(ms)}`,
        }))}
        chosen={slowModeMs}
        onChoose={(ms) => void hostCommands.setSettings({ slowModeMs: ms })}
      />
    </MenuSection>
  );
}
