/** Describes events of the room as chat notices. */
import type { ServerEvent, Timeline, WaitingPolicy } from '../protocol/messages';
import { titleOfLink } from '../protocol/video-kind';
import { clockText, listNames, rateText } from './format';

export interface Notice {
  /** A playback notice replaces earlier playback and waiting notices; a waiting notice replaces waiting notices. */
  topic: 'members' | 'playback' | 'film' | 'waiting';
  text: string;
}

export interface MemberLookup {
  nameOf(id: string | null): string | null;
  isMe(id: string | null): boolean;
}

const REASONS: Record<string, (who: string, timeline: Timeline) => string> = {
  play: (who) => `${who} pressed play`,
  pause: (who, timeline) => `${who} paused at ${clockText(timeline.position)}`,
  seek: (who, timeline) => `${who} moved the film to ${clockText(timeline.position)}`,
  rate: (who, timeline) => `${who} set the speed to ${rateText(timeline.rate)}`,
};

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
    case 'user-left': {
      const name = known.nameOf(event.payload.userId);
      return name === null ? null : { topic: 'members', text: `${name} left` };
    }
    case 'user-promoted':
      return known.isMe(event.payload.userId)
        ? { topic: 'members', text: 'You hold the remote now' }
        : { topic: 'members', text: `${event.payload.userName} holds the remote now` };
    case 'video-set':
      return { topic: 'film', text: `Now showing: ${titleOfLink(event.payload.videoUrl)}` };
    case 'timeline': {
      const { by, reason } = event.payload;
      if (reason === 'stall') return stallNotice(event.payload, known);
      const words = reason === undefined ? undefined : REASONS[reason];
      const who = known.isMe(by) ? 'You' : known.nameOf(by);
      return words === undefined || who === null ? null : { topic: 'playback', text: words(who, event.payload) };
    }
    case 'waiting-set': {
      const { userId } = event.payload;
      const who = known.isMe(userId) ? 'You' : known.nameOf(userId);
      return who === null ? null : { topic: 'playback', text: waitingPolicyText(who, event.payload) };
    }
    default:
      return null;
  }
}
