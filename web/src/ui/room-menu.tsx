/** The host menu: the room, the way in, the people. Each change is sent at once; there is nothing to save at the end. */
import { useSignal } from '@preact/signals';
import '../styles/room-menu.css';
import { useApp } from './context';
import { EntrySection, WaitingSection } from './room-menu-entry';
import { InvitesSection } from './room-menu-invites';
import { BansSection, PeopleSection } from './room-menu-people';
import { ChatSection, ControlSection, TitleSection } from './room-menu-room';
import { ToastLine } from './toast';

const TABS = [
  { name: 'room', label: 'Room' },
  { name: 'entry', label: 'The door' },
  { name: 'people', label: 'People' },
] as const;
type TabName = (typeof TABS)[number]['name'];

export function RoomMenu() {
  const { room } = useApp();
  const waiting = room.knocks.value.length;
  const tab = useSignal<TabName>(waiting > 0 ? 'entry' : 'room');

  function onKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = TABS.findIndex((one) => one.name === tab.value);
    tab.value = TABS[(at + step + TABS.length) % TABS.length]!.name;
    document.getElementById(`menu-tab-${tab.value}`)?.focus();
  }

  return (
    <>
      <div class="tabs menu-tabs" role="tablist" aria-label="Parts of the menu" onKeyDown={onKey}>
        {TABS.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`menu-tab-${name}`}
            class="tab"
            aria-selected={tab.value === name}
            aria-controls={`menu-panel-${name}`}
            tabIndex={tab.value === name ? 0 : -1}
            onClick={() => (tab.value = name)}
          >
            {label}
            {name === 'entry' && waiting > 0 && (
              <span class="badge">
                {waiting}
                <span class="visually-hidden"> waiting</span>
              </span>
            )}
          </button>
        ))}
      </div>
      {/* Always rendered, so that the tabs refer to existing panels; only the current one has content. */}
      {TABS.map(({ name }) => (
        <div
          key={name}
          class="menu-panel"
          role="tabpanel"
          id={`menu-panel-${name}`}
          aria-labelledby={`menu-tab-${name}`}
          hidden={tab.value !== name}
        >
          {tab.value === name && <Panel name={name} />}
        </div>
      ))}
      <ToastLine class="menu-toast" />
    </>
  );
}

function Panel({ name }: { name: TabName }) {
  switch (name) {
    case 'room':
      return (
        <>
          <TitleSection />
          <ControlSection />
          <ChatSection />
        </>
      );
    case 'entry':
      return (
        <>
          <WaitingSection />
          <EntrySection />
          <InvitesSection />
        </>
      );
    case 'people':
      return (
        <>
          <PeopleSection />
          <BansSection />
        </>
      );
  }
}
