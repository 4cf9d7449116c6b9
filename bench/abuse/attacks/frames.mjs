// Websocket messages that never end, and control frames without number.
import { CONTINUATION, frame, PING, TEXT } from '../../runner/frames.mjs';
import { openWebsocket } from '../net/websocket.mjs';

const SESSIONS = 60;
const PIECE = Buffer.alloc(16_000, 'a');
const PIECES = 60;
const SMALL_PER_TURN = 2000;
const PINGERS = 4;
const PINGS_PER_TURN = 200;

/** Fragments up to the largest message, the last of them never sent; beside them fragments of one byte. */
export async function fragments(field) {
  const small = Buffer.concat(Array.from({ length: SMALL_PER_TURN }, () => frame(CONTINUATION, 'a', { last: false })));
  await field.repeat(SESSIONS, async (worker) => {
    const socket = await openWebsocket(field);
    if (socket === null) return false;
    socket.raw(frame(TEXT, '4', { last: false }));
    for (let n = 0; n < PIECES && worker % 4 !== 0 && !socket.closed; n++) {
      socket.raw(frame(CONTINUATION, PIECE, { last: false }));
      await socket.flushed();
    }
    while (!socket.closed && !field.over) {
      if (worker % 4 === 0) socket.raw(small);
      await socket.flushed();
      await field.rest(50);
    }
    if (socket.closed) field.count('closed by the server');
    return false;
  });
}

/** Pings as fast as they are taken; half of the sockets read no answer. */
export async function pings(field) {
  const burst = Buffer.concat(Array.from({ length: PINGS_PER_TURN }, () => frame(PING, Buffer.alloc(125, 'a'))));
  await field.repeat(PINGERS, async (worker) => {
    const socket = await openWebsocket(field);
    if (socket === null) return false;
    if (worker % 2 === 0) socket.tcp.pause();
    while (!socket.closed && !field.over) {
      socket.raw(burst);
      field.count('pings', PINGS_PER_TURN);
      await socket.flushed();
      await field.rest(1);
    }
    if (socket.closed) field.count('closed by the server');
    return false;
  });
}
