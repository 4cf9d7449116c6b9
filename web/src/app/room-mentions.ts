/** The names that a message can mention, and whether it mentions this viewer. */
import { type ReadonlySignal, computed } from '@preact/signals';
import { Mentions } from '../chat/mentions';
import { mentionsMe } from '../chat/message-marks';
import type { RoomStore } from '../room/room-store';

export function createRoomMentions(room: Pick<RoomStore, 'users' | 'me'>) {
  // A text, so that a change of anything but names changes nothing that depends on it.
  const known = computed(() => room.users.value.map((user) => user.name).join('\n'));
  const mine = computed(() => room.me.value?.name ?? null);
  const names: ReadonlySignal<Mentions> = computed(() => new Mentions(known.value.split('\n').filter(Boolean), mine.value));
  return { names, isForMe: (text: string) => mentionsMe(text, names.peek()) };
}

export type RoomMentions = ReturnType<typeof createRoomMentions>;
