// Events beyond their limits, by leaving and entering the namespace again over the same connection.
import { event, randomRoomId } from '../net/payloads.mjs';
import { openWebsocket } from '../net/websocket.mjs';

const CONNECTIONS = 8;
/** So many events of one class are free at once (RL5). */
const ENTRY_BURST = 60;
const CHAT_BURST = 100;
const CHAT_KEPT = 20;
const MESSAGE_CHARACTERS = 1000;

/**
 * Enters the namespace, does its worst, leaves it by `41`, and enters again.
 *
 * @param burst sends one burst and may wait for answers
 * @param auth of each CONNECT
 */
async function again(field, burst, auth = '') {
  await field.repeat(CONNECTIONS, async () => {
    const socket = await openWebsocket(field);
    if (socket === null) return false;
    while (!socket.closed && !field.over) {
      if (!(await socket.enter(auth))) break;
      field.count('entered');
      await burst(socket);
      await socket.flushed();
      // The last answer of a burst: so the server is asked as fast as it answers, and not faster.
      await socket.next((text) => text.startsWith('43999'), 1000);
      socket.send('41');
    }
    socket.end();
    return false;
  });
}

/** Room ids tried at random. */
export const guesses = (field) =>
  again(field, (socket) => {
    for (let n = 1; n <= ENTRY_BURST; n++)
      socket.send(event('join-room', { roomId: randomRoomId(), userName: 'Guess' }, n === ENTRY_BURST ? 999 : n));
    field.count('guesses', ENTRY_BURST);
  });

/** Rooms made until there may be no more. */
export const rooms = (field) =>
  again(field, (socket) => {
    for (let n = 1; n <= ENTRY_BURST; n++) socket.send(event('create-room', { hostName: 'Maker' }, n === ENTRY_BURST ? 999 : n));
  });

let seat = 0;
/** The seats of a room, taken by guests who go and stay as away. */
export const seats = (field) =>
  again(
    field,
    async (socket) => {
      const answer = socket.next((text) => text.startsWith('43999'), 1000);
      socket.send(event('join-room', { roomId: field.roomId, userName: `Ghost ${(seat++).toString(36)}` }, 999));
      await answer;
      socket.send(event('clock', { t1: 1 }, 999));
    },
    '{"resume":true}',
  );

/** Messages into a room where others talk. */
export const messages = (field) =>
  again(field, (socket) => {
    socket.send(event('join-room', { roomId: field.roomId, userName: `Loud ${(seat++).toString(36)}` }, 1));
    for (let n = 1; n <= CHAT_BURST; n++)
      socket.send(event('send-message', { roomId: field.roomId, message: 'much' }, n === CHAT_BURST ? 999 : 2));
    field.count('messages', CHAT_BURST);
  });

/** Rooms whose chat is full, until the heap would end. */
export const chats = (field) =>
  again(field, async (socket) => {
    const created = socket.next((text) => text.startsWith('431['), 1000);
    socket.send(event('create-room', { hostName: 'Maker' }, 1));
    const roomId = /"roomId":"([A-Z0-9]{6})"/.exec((await created) ?? '')?.[1];
    if (roomId === undefined) return;
    field.count('rooms');
    const message = '映'.repeat(MESSAGE_CHARACTERS);
    for (let n = 1; n <= CHAT_KEPT; n++) socket.send(event('send-message', { roomId, message }, n === CHAT_KEPT ? 999 : 2));
  });
