// Rooms searched for within the limits of events, by what does not count as entry.
import { event, randomRoomId } from '../net/payloads.mjs';
import { openWebsocket } from '../net/websocket.mjs';

const SOCKETS = 10;
const PER_SECOND = 30;
const TICK_MS = 100;

const ASKED = [
  (roomId) => event('play-video', { roomId, currentTime: 1 }, 1),
  (roomId) => event('set-video', { roomId, videoUrl: 'https://films.example/a.mp4' }, 1),
  (roomId) => event('set-rate', { roomId, rate: 1 }, 1),
  (roomId) => event('promote-host', { roomId, userId: '00000000-0000-4000-8000-000000000000' }, 1),
  (roomId) => event('get-timeline', { roomId }, 1),
  (roomId) => event('get-people', { roomId }, 1),
  (roomId) => event('resume', { roomId, epoch: 1, seq: 1 }, 1),
  (roomId) => event('send-message', { roomId, message: 'a' }, 1),
  (roomId) => event('typing-start', { roomId }, 1),
];

/** Sends control events from outside a room: the answer reveals whether the room exists. */
export async function search(field) {
  let turn = 0;
  await field.repeat(SOCKETS, async () => {
    const socket = await openWebsocket(field);
    if (socket === null || !(await socket.enter())) {
      socket?.end();
      return false;
    }
    while (!socket.closed && !field.over) {
      for (let n = 0; n < (PER_SECOND * TICK_MS) / 1000; n++) {
        // One in four is what was found, the others are its kin.
        const asked = turn % 4 === 0 ? ASKED[0] : ASKED[(turn >> 1) % ASKED.length];
        turn++;
        socket.send(asked(randomRoomId()));
        field.count('guesses');
      }
      await field.rest(TICK_MS);
    }
    return false;
  });
}
