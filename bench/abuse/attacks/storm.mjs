// Allowed events at high rates: joins and leaves, typing events and clock requests, from all sockets that an address may have.
import { event } from '../net/payloads.mjs';
import { openWebsocket } from '../net/websocket.mjs';

const SOCKETS = 10;
const PER_TURN = 50;
const TURN_MS = 20;

const KINDS = [
  (roomId, name) => [event('join-room', { roomId, userName: name }, 1), event('leave-room', { roomId }, 2)],
  (roomId) => [event('typing-start', { roomId }), event('typing-stop', { roomId })],
  () => [event('clock', { t1: 1 }, 1)],
  (roomId) => [event('get-timeline', { roomId }, 1), event('get-people', { roomId }, 2)],
  () => ['42["no-such-event",{}]', '421["no-such-event",{}]'],
];

export async function storm(field) {
  await field.repeat(SOCKETS, async (worker) => {
    const socket = await openWebsocket(field);
    if (socket === null || !(await socket.enter('{"resume":true}'))) {
      socket?.end();
      return false;
    }
    const name = `Storm ${worker}`;
    const roomId = field.roomId;
    if (worker % KINDS.length !== 0) socket.send(event('join-room', { roomId, userName: name }, 1));
    while (!socket.closed && !field.over) {
      const packets = KINDS[worker % KINDS.length](roomId, name);
      for (let n = 0; n < PER_TURN; n++) socket.send(packets[n % packets.length]);
      field.count('events', PER_TURN);
      await socket.flushed();
      await field.rest(TURN_MS);
    }
    return false;
  });
}
