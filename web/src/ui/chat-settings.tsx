/** This viewer's own settings of the chat: a sound and browser notifications, both off at first. */
import type { AlertSettings, NotifyProblem } from '../app/chat-alerts';
import '../styles/room-menu.css';
import { useApp } from './context';
import { Dialog } from './primitives';
import { Switch } from './room-menu-parts';
import { isNarrow } from './viewport';

const PROBLEMS: Record<NonNullable<NotifyProblem>, string> = {
  missing: 'This browser has no notifications for pages like this one. They need a page with https.',
  denied: 'The browser does not let this page send notifications. Allow them in its settings for this page.',
};

export function ChatSettings({ open, alerts, onClose }: { open: boolean; alerts: AlertSettings; onClose: () => void }) {
  const problem = alerts.notifyProblem.value;
  const over = useApp().overFilm.loaded.value?.settings;
  return (
    <Dialog open={open} onClose={onClose} title="Chat settings" class={isNarrow.value ? 'sheet' : ''}>
      <p class="dialog-text">For this browser only.</p>
      <div class="chat-settings">
        <Switch
          label="Sound"
          hint="Two short tones for a message of somebody else"
          on={alerts.sound.value}
          onChange={alerts.setSound}
        />
        <Switch
          label="Notifications"
          hint="Shown by the browser while you look at another page"
          on={alerts.notify.value}
          onChange={(on) => void alerts.setNotify(on)}
        />
        <p class="field-note field-problem" role="alert">
          {problem === null ? '' : PROBLEMS[problem]}
        </p>
        <Switch
          label="Only when I am mentioned"
          hint="For both, only messages with @ and your name"
          on={alerts.mentionsOnly.value}
          onChange={alerts.setMentionsOnly}
        />
        {over !== undefined && (
          <>
            <Switch
              label="Reactions over the film"
              hint="They float up, or are counted where motion is off"
              on={over.reactions.on.value}
              onChange={over.reactions.set}
            />
            <Switch
              label="Messages over the film"
              hint="New ones for a few seconds, in full screen"
              on={over.messages.on.value}
              onChange={over.messages.set}
            />
            <Switch
              label="Show messages at their place in the film"
              hint="Older ones too, at the moment at which they were written"
              on={over.replay.on.value}
              onChange={over.replay.set}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}
