/** Shows a film from this viewer's file to everybody, or adds it to the queue: by its fingerprint alone. */
import type { RoomControls } from '../app/room-controls';
import type { Ack } from '../protocol/messages';
import type { Queue } from '../queue/queue';
import { writeLocalLink } from './local-link';
import type { OwnCopies, ReadFilm } from './own-copies';

/** show: in place of the film on the screen. end, next: in the queue. */
export type SharePlace = 'show' | 'end' | 'next';

export interface SharingFilmPorts {
  copies: Pick<OwnCopies, 'keepShown'>;
  controls: Pick<RoomControls, 'rejectionText'>;
  /** Null while the room has no queue. */
  queue: Queue | null;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
}

const NO_QUEUE = 'The queue is not there yet. Please try again.';

/** Shares a film; the result is why it was not taken. */
export async function shareFilm(
  own: ReadFilm,
  place: SharePlace,
  { copies, controls, queue, request }: SharingFilmPorts,
): Promise<string | null> {
  // Before the room answers, so that this page does not ask for its own file.
  await copies.keepShown(own);
  const videoUrl = writeLocalLink(own.fingerprint);
  if (place !== 'show') return queue === null ? NO_QUEUE : queue.commands.addFilm(videoUrl, place);
  const ack = await request('set-video', { videoUrl });
  return ack.ok ? null : controls.rejectionText(ack);
}
