/** Announces how a ready barrier ended: who was left behind, or that stalled viewers are ready again. */
import { effect, untracked } from '@preact/signals';
import type { ChatStore } from '../chat/chat-store';
import type { Timeline } from '../protocol/messages';
import type { RoomStore } from '../room/room-store';
import { lateNames, lateMembers } from '../room/late-members';
import type { Notice } from '../room/event-notices';
import type { SyncStatus } from './sync-status';
import type { Toasts } from './toasts';

interface Ports {
  room: RoomStore;
  chat: Pick<ChatStore, 'addNotice'>;
  toasts: Pick<Toasts, 'show'>;
  syncStatus: Pick<SyncStatus, 'state'>;
}

export function announceBarrierEnds({ room, chat, toasts, syncStatus }: Ports): () => void {
  let before: Timeline | null = null;

  function leftBehindText(waited: Timeline): string {
    const late = lateMembers(waited, {
      users: room.users.value,
      sync: room.sync.value,
      meId: room.meId.value,
      myState: syncStatus.state.value,
    });
    return `on without ${lateNames(late, 'those who were not ready')}`;
  }

  function ended(waited: Timeline, now: Timeline): void {
    const say = (topic: Notice['topic'], text: string, aloud: boolean) => {
      chat.addNotice({ topic, text });
      if (aloud) toasts.show(text);
    };
    if (now.reason === 'ready' && waited.waiting?.reason === 'stall') say('waiting', 'Everybody is ready', false);
    if (now.reason === 'deadline') say('waiting', `Went ${leftBehindText(waited)}`, true);
    if (now.reason === 'play') {
      const mine = now.by === room.meId.value;
      const who = mine ? 'You' : room.nameOf(now.by);
      if (who !== null) say('playback', `${who} went ${leftBehindText(waited)}`, !mine);
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
