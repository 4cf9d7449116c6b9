/** Puts what happened in a room into words: the quiet lines between the chat messages. */
import type { ServerEvent, Timeline } from '../protocol/messages';
import { titleOfLink } from '../protocol/video-kind';
import { clockText } from './time-text';

export interface Happening {
  /** Happenings of one topic replace each other when nothing stands between them. */
  topic: 'people' | 'playback' | 'film';
  text: string;
}

export interface Known {
  nameOf(id: string | null): string | null;
  isMe(id: string | null): boolean;
}

const REASONS: Record<string, (who: string, timeline: Timeline) => string> = {
  play: (who) => `${who} pressed play`,
  pause: (who, timeline) => `${who} paused at ${clockText(timeline.position)}`,
  seek: (who, timeline) => `${who} jumped to ${clockText(timeline.position)}`,
};

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
      const words = reason === undefined ? undefined : REASONS[reason];
      const who = known.isMe(by) ? 'You' : known.nameOf(by);
      return words === undefined || who === null ? null : { topic: 'playback', text: words(who, event.payload) };
    }
    default:
      return null;
  }
}
