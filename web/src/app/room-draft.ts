/** Settings of a room that is being created. Pure. */
import type { NewRoom } from '../net/session';
import { type RoomSettings, cleanTitle } from '../protocol/room-access';

export interface RoomDraft {
  title: string;
  entry: RoomSettings['entry'];
  password: string;
  control: RoomSettings['control'];
  listed: boolean;
}

export const EMPTY_DRAFT: RoomDraft = { title: '', entry: 'link', password: '', control: 'hosts', listed: false };

/** Returns what `create-room` sends: only settings that differ from those of every new room. */
export function newRoom({ title, entry, password, control, listed }: RoomDraft): NewRoom {
  const settings: NewRoom['settings'] = {};
  const name = cleanTitle(title);
  if (name !== null) settings.title = name;
  if (entry !== 'link') settings.entry = entry;
  if (control !== 'hosts') settings.control = control;
  if (listed) settings.listed = true;
  return {
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(entry === 'password' ? { password } : {}),
  };
}
