/** Says how a wait ended, where that is not plain to see: who was left behind, or that those who stalled are back. */
import { effect, untracked } from '@preact/signals';
import type { ChatStore } from '../chat/chat-store';
import type { Timeline } from '../protocol/messages';
import type { RoomStore } from '../room/room-store';
import { lateNames, whoIsLate } from '../room/waiting';
import type { Happening } from '../room/narrator';
import type { Step } from './step';
import type { Toasts } from './toasts';

interface Ports {
  room: RoomStore;
  chat: Pick<ChatStore, 'note'>;
  toasts: Pick<Toasts, 'show'>;
  step: Pick<Step, 'state'>;
}

export function noteWaits({ room, chat, toasts, step }: Ports): () => void {
  let before: Timeline | null = null;

  function leftBehind(waited: Timeline): string {
    const late = whoIsLate(waited, {
      users: room.users.value,
      sync: room.sync.value,
      meId: room.meId.value,
      myState: step.state.value,
    });
    return `on without ${lateNames(late, 'those who were not ready')}`;
  }

  function ended(waited: Timeline, now: Timeline): void {
    const say = (topic: Happening['topic'], text: string, aloud: boolean) => {
      chat.note({ topic, text });
      if (aloud) toasts.show(text);
    };
    if (now.reason === 'ready' && waited.waiting?.reason === 'stall') say('waiting', 'Everybody is ready', false);
    if (now.reason === 'deadline') say('waiting', `Went ${leftBehind(waited)}`, true);
    if (now.reason === 'play') {
      const mine = now.by === room.meId.value;
      const who = mine ? 'You' : room.nameOf(now.by);
      if (who !== null) say('playback', `${who} went ${leftBehind(waited)}`, !mine);
    }
  }

  return effect(() => {
    const now = room.timeline.value;
    untracked(() => {
      const was = before;
      before = now;
      if (was?.phase !== 'preparing' || was.waiting === undefined || now?.phase !== 'playing') return;
      if (was.epoch === now.epoch && was.item === now.item) ended(was, now);
    });
  });
}
