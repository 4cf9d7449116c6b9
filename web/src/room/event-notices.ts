/** Describes events of the room as chat notices. */
import type { Payload, ServerEvent, Timeline, WaitingPolicy } from '../protocol/messages';
import type { RoomSettings } from '../protocol/room-access';
import { titleOfLink } from '../protocol/video-kind';
import { clockText, listNames, rateText } from './format';
import { settingsChanges } from './settings-notices';

export interface Notice {
  /** A playback notice replaces earlier playback and waiting notices; a waiting notice replaces waiting notices. */
  topic: 'members' | 'playback' | 'film' | 'waiting';
  text: string;
  /** Whether it is also shown over the film. */
  toast?: boolean;
}

export interface MemberLookup {
  nameOf(id: string | null): string | null;
  isMe(id: string | null): boolean;
  /** The settings before the event. */
  settings?: RoomSettings;
}

/** Returns the member as the subject of a sentence; null when unknown. */
function subject(id: string | null | undefined, known: MemberLookup): string | null {
  return id === undefined || id === null ? null : known.isMe(id) ? 'You' : known.nameOf(id);
}

const REASONS: Record<string, (who: string, timeline: Timeline) => string> = {
  play: (who) => `${who} pressed play`,
  pause: (who, timeline) => `${who} paused at ${clockText(timeline.position)}`,
  seek: (who, timeline) => `${who} moved the film to ${clockText(timeline.position)}`,
  rate: (who, timeline) => `${who} set the speed to ${rateText(timeline.rate)}`,
  undo: (who, timeline) => `${who} took the jump back, to ${clockText(timeline.position)}`,
};

function leftNotice({ userId, by, reason }: Payload<'user-left'>, known: MemberLookup): Notice | null {
  const name = known.nameOf(userId);
  if (name === null) return null;
  const verb = reason === 'removed' || reason === 'banned' ? reason : null;
  if (verb === null) return { topic: 'members', text: `${name} left` };
  const who = subject(by, known);
  return { topic: 'members', text: who === null ? `${name} was ${verb}` : `${who} ${verb} ${name}` };
}

function promotedNotice({ userId, userName, by }: Payload<'user-promoted'>, known: MemberLookup): Notice {
  if (known.isMe(userId)) return { topic: 'members', text: 'You hold the remote now', toast: true };
  const who = subject(by, known);
  return { topic: 'members', text: who === null ? `${userName} holds the remote now` : `${who} gave ${userName} the remote` };
}

function demotedNotice({ userId, userName, by }: Payload<'user-demoted'>, known: MemberLookup): Notice {
  const who = subject(by, known);
  const mine = known.isMe(userId);
  if (by === userId) return { topic: 'members', text: `${mine ? 'You' : userName} gave up the remote` };
  if (mine) return { topic: 'members', text: `${who ?? 'The owner'} took the remote back from you`, toast: true };
  return { topic: 'members', text: `${who ?? 'The owner'} took the remote back from ${userName}` };
}

function transferredNotice(event: Payload<'room-transferred'>, known: MemberLookup): Notice | null {
  // The new owner hears it a second time, with its token.
  if (event.hostToken !== undefined) return null;
  const mine = known.isMe(event.hostId);
  const who = subject(event.by, known);
  const text =
    who === null || event.by === event.hostId
      ? `${mine ? 'You own' : `${event.hostName} owns`} the room now`
      : `${who} handed the room over to ${mine ? 'you' : event.hostName}`;
  // Who owns the room because the owner left has just read that they hold the remote, and that matters more.
  return { topic: 'members', text, toast: mine && who !== null };
}

function mutedNotice({ userId, userName, muted, by }: Payload<'member-muted'>, known: MemberLookup): Notice {
  const who = subject(by, known) ?? 'A host';
  const mine = known.isMe(userId);
  const whom = who === 'You' && mine ? 'yourself' : mine ? 'you' : userName;
  const text = muted ? `${who} muted ${whom}` : `${who} let ${whom} write again`;
  return { topic: 'members', text, toast: mine && who !== 'You' };
}

function settingsNotice({ userId, settings }: Payload<'settings-changed'>, known: MemberLookup): Notice | null {
  const changes = known.settings === undefined ? [] : settingsChanges(known.settings, settings);
  if (changes.length === 0) return null;
  const who = subject(userId, known) ?? 'A host';
  return {
    topic: 'members',
    text: `${who} ${listNames(changes)}`,
    toast: who !== 'You' && known.settings?.control !== settings.control,
  };
}

function waitingPolicyText(who: string, { mode, seconds }: { mode: WaitingPolicy['mode']; seconds: number }): string {
  if (who === 'You') {
    return mode === 'never'
      ? 'You let the room run on when somebody stalls'
      : `You let the room wait up to ${seconds} s for stalled viewers`;
  }
  return mode === 'never'
    ? `${who}: the room no longer waits for stalled viewers`
    : `${who}: the room now waits up to ${seconds} s for stalled viewers`;
}

/** Returns the notice for a stall, because viewers need to know why the film paused. */
function stallNotice(timeline: Timeline, known: MemberLookup): Notice | null {
  const ids = timeline.waiting?.for ?? [];
  const names = ids.flatMap((id) => (known.isMe(id) ? ['you'] : (known.nameOf(id) ?? [])));
  if (names.length === 0) return null;
  const why =
    names.length > 1 ? ', whose films are loading' : names[0] === 'you' ? ': your film is loading' : ', whose film is loading';
  return { topic: 'waiting', text: `Waiting for ${listNames(names)}${why}` };
}

/** Returns the notice for an event. Called before the event is applied, so that leaving members still have a name. */
export function noticeFor(event: ServerEvent, known: MemberLookup): Notice | null {
  switch (event.name) {
    case 'user-joined': {
      const { id, name } = event.payload.user;
      return known.nameOf(id) === null ? { topic: 'members', text: `${name} came in` } : null;
    }
    case 'user-left':
      return leftNotice(event.payload, known);
    case 'user-promoted':
      return promotedNotice(event.payload, known);
    case 'user-demoted':
      return demotedNotice(event.payload, known);
    case 'room-transferred':
      return transferredNotice(event.payload, known);
    case 'member-muted':
      return mutedNotice(event.payload, known);
    case 'settings-changed':
      return settingsNotice(event.payload, known);
    case 'video-set': {
      const title = titleOfLink(event.payload.videoUrl);
      const who = subject(event.payload.userId, known);
      return { topic: 'film', text: who === null ? `Now showing: ${title}` : `${who} put on ${title}` };
    }
    case 'timeline': {
      const { by, reason } = event.payload;
      if (reason === 'stall') return stallNotice(event.payload, known);
      const words = reason !== undefined && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
      const who = subject(by, known);
      if (words === undefined || who === null) return null;
      return { topic: 'playback', text: words(who, event.payload), toast: who !== 'You' };
    }
    case 'waiting-set': {
      const who = subject(event.payload.userId, known);
      if (who === null) return null;
      return { topic: 'playback', text: waitingPolicyText(who, event.payload), toast: who !== 'You' };
    }
    default:
      return null;
  }
}
