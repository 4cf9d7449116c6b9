/** Describes a change of the room's settings in words. Pure. */
import type { RoomSettings } from '../protocol/room-access';

const CONTROL: Record<RoomSettings['control'], string> = {
  everyone: 'let everybody control the film',
  hosts: 'let only hosts control the film',
};
const QUEUE: Record<RoomSettings['queue'], string> = {
  everyone: 'let everybody add to the queue',
  hosts: 'let only hosts change the queue',
};
const CHAT: Record<RoomSettings['chat'], string> = {
  everyone: 'opened the chat to everybody',
  hosts: 'closed the chat to all but hosts',
};
const ENTRY: Record<RoomSettings['entry'], string> = {
  link: 'opened the room to everybody with the link',
  password: 'locked the room with a password',
  approval: 'locked the room: a host lets people in',
  closed: 'closed the doors to new people',
};

/** Returns what has changed, each as the rest of a sentence: "locked the room with a password". */
export function settingsChanges(before: RoomSettings, after: RoomSettings): string[] {
  const said: string[] = [];
  if (after.title !== before.title) {
    said.push(after.title === null ? 'removed the room’s title' : `named the room “${after.title}”`);
  }
  if (after.control !== before.control) said.push(CONTROL[after.control]);
  if (after.queue !== before.queue) said.push(QUEUE[after.queue]);
  if (after.skipShare !== before.skipShare) {
    const share = Math.round(after.skipShare * 100);
    said.push(share === 0 ? 'ended votes to skip' : `set votes to skip to ${share} %`);
  }
  if (after.chat !== before.chat) said.push(CHAT[after.chat]);
  if (after.slowModeMs !== before.slowModeMs) {
    said.push(
      after.slowModeMs === 0 ? 'ended slow mode' : `set slow mode to one message every ${slowModeText(after.slowModeMs)}`,
    );
  }
  if (after.entry !== before.entry) said.push(ENTRY[after.entry]);
  if (after.listed !== before.listed) {
    said.push(after.listed ? 'listed the room on the start page' : 'took the room off the start page');
  }
  return said;
}

/** "10 s", "1 min". */
export function slowModeText(ms: number): string {
  return ms >= 60_000 ? `${Math.round(ms / 60_000)} min` : `${Math.max(1, Math.round(ms / 1000))} s`;
}
