/** Settings of a room and entry control (docs/CONTRACT.md, RT and EN): checks of the messages, and rules of the fields. */
import { type Checked, bool, enumOr, list, nullable, num, obj, str } from './check';
import type { FieldCheck } from './rules';

export const roomSettings = obj({
  title: nullable(str),
  /** Who controls the film. */
  control: enumOr('hosts', 'hosts', 'everyone'),
  queue: enumOr('hosts', 'hosts', 'everyone'),
  chat: enumOr('everyone', 'everyone', 'hosts'),
  slowModeMs: num,
  /** How new members come in. */
  entry: enumOr('link', 'link', 'password', 'approval', 'closed'),
  listed: bool,
  skipShare: num,
  hasPassword: bool,
});
export type RoomSettings = Checked<typeof roomSettings>;

/** The settings of a new room, and of every room of an older server. */
export const DEFAULT_SETTINGS: RoomSettings = {
  title: null,
  control: 'hosts',
  queue: 'hosts',
  chat: 'everyone',
  slowModeMs: 0,
  entry: 'link',
  listed: false,
  skipShare: 0.5,
  hasPassword: false,
};

/** The settings that a host changes; an absent one stays as it is. */
export type SettingsChange = Partial<Omit<RoomSettings, 'hasPassword'>>;

/** A person who waits for a host's approval. */
export const knock = obj({ knockId: str, userName: str, at: num });
export type Knock = Checked<typeof knock>;

export const invitesAnswer = obj({
  invites: list(
    obj({ inviteId: str, userId: str, userName: str, createdAt: num, expiresAt: nullable(num), usesLeft: nullable(num) }),
  ),
});
export type Invite = Checked<typeof invitesAnswer>['invites'][number];

export const createdInvite = obj({ inviteId: str, token: str });

export const bansAnswer = obj({
  bans: list(obj({ banId: str, userName: str, by: nullable(str), byName: nullable(str), at: num, until: nullable(num) })),
});
export type Ban = Checked<typeof bansAnswer>['bans'][number];

export const knocksAnswer = obj({ knocks: list(knock) });

/** A page of the directory of listed rooms. */
export const directoryPage = obj({
  rooms: list(
    obj({
      roomId: str,
      title: nullable(str),
      film: nullable(obj({ videoUrl: str, videoType: nullable(str) })),
      members: num,
      entry: enumOr('link', 'link', 'password', 'approval', 'closed'),
      playing: bool,
    }),
  ),
  next: nullable(str),
});
export type ListedRoom = Checked<typeof directoryPage>['rooms'][number];

export const TITLE_MAX = 80;
export const PASSWORD_MIN = 4;
export const PASSWORD_MAX = 128;

/** Checks a new password of a room. */
export function checkPassword(raw: string): FieldCheck {
  const length = [...raw].length;
  if (length < PASSWORD_MIN) return { ok: false, problem: `A password has at least ${PASSWORD_MIN} characters.` };
  if (length > PASSWORD_MAX) return { ok: false, problem: `A password has at most ${PASSWORD_MAX} characters.` };
  return { ok: true, value: raw };
}

/** Returns the title of a room as typed; null when it is empty. */
export function cleanTitle(raw: string): string | null {
  const text = raw.trim().replace(/\s+/g, ' ');
  return text === '' ? null : [...text].slice(0, TITLE_MAX).join('');
}
