/** Puts what happened in a room into words: the quiet lines between the chat messages. */
import type { ServerEvent, Timeline, WaitingPolicy } from '../protocol/messages';
import { titleOfLink } from '../protocol/video-kind';
import { clockText, listNames } from './time-text';

export interface Happening {
  /** Playback takes the place of the playback before it, with what was said of waiting; waiting that of waiting. */
  topic: 'people' | 'playback' | 'film' | 'waiting';
  text: string;
}

export interface Known {
  nameOf(id: string | null): string | null;
  isMe(id: string | null): boolean;
}

const REASONS: Record<string, (who: string, timeline: Timeline) => string> = {
  play: (who) => `${who} pressed play`,
  pause: (who, timeline) => `${who} paused at ${clockText(timeline.position)}`,
  seek: (who, timeline) => `${who} moved the film to ${clockText(timeline.position)}`,
  rate: (who, timeline) => `${who} set the speed to ${rateText(timeline.rate)}`,
};

/** 1.25 → "1.25×". */
export function rateText(rate: number): string {
  return `${Math.round(rate * 100) / 100}×`;
}

function policy(who: string, { mode, seconds }: { mode: WaitingPolicy['mode']; seconds: number }): string {
  if (who === 'You') {
    return mode === 'never'
      ? 'You let the room run on when somebody stalls'
      : `You let the room wait up to ${seconds} s for stalled viewers`;
  }
  return mode === 'never'
    ? `${who}: the room no longer waits for stalled viewers`
    : `${who}: the room now waits up to ${seconds} s for stalled viewers`;
}

/** A stop that nobody ordered needs its reason at once. */
function stall(timeline: Timeline, known: Known): Happening | null {
  const ids = timeline.waiting?.for ?? [];
  const names = ids.flatMap((id) => (known.isMe(id) ? ['you'] : (known.nameOf(id) ?? [])));
  if (names.length === 0) return null;
  const why =
    names.length > 1 ? ', whose films are loading' : names[0] === 'you' ? ': your film is loading' : ', whose film is loading';
  return { topic: 'waiting', text: `Waiting for ${listNames(names)}${why}` };
}

/** Called before the event is applied, so that who leaves still has a name. */
export function tell(event: ServerEvent, known: Known): Happening | null {
  switch (event.name) {
    case 'user-joined': {
      const { id, name } = event.payload.user;
      return known.nameOf(id) === null ? { topic: 'people', text: `${name} came in` } : null;
    }
    case 'user-left': {
      const name = known.nameOf(event.payload.userId);
      return name === null ? null : { topic: 'people', text: `${name} left` };
    }
    case 'user-promoted':
      return known.isMe(event.payload.userId)
        ? { topic: 'people', text: 'You hold the remote now' }
        : { topic: 'people', text: `${event.payload.userName} holds the remote now` };
    case 'video-set':
      return { topic: 'film', text: `Now showing: ${titleOfLink(event.payload.videoUrl)}` };
    case 'timeline': {
      const { by, reason } = event.payload;
      if (reason === 'stall') return stall(event.payload, known);
      const words = reason === undefined ? undefined : REASONS[reason];
      const who = known.isMe(by) ? 'You' : known.nameOf(by);
      return words === undefined || who === null ? null : { topic: 'playback', text: words(who, event.payload) };
    }
    case 'waiting-set': {
      const { userId } = event.payload;
      const who = known.isMe(userId) ? 'You' : known.nameOf(userId);
      return who === null ? null : { topic: 'playback', text: policy(who, event.payload) };
    }
    default:
      return null;
  }
}
