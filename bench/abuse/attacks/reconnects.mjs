// Events beyond their limits, by leaving and entering the namespace again over the same connection.
import { frame, TEXT } from '../../runner/frames.mjs';
import { event, randomRoomId } from '../net/payloads.mjs';
import { openWebsocket } from '../net/websocket.mjs';

const CONNECTIONS = 8;
/** The sockets of an attack that awaits answers: as many as an address may have. */
const CONNECTIONS_WAITING = 10;
/** So many events of one class are free at once (RL5). */
const ENTRY_BURST = 60;
const CHAT_BURST = 100;
const CHAT_KEPT = 20;
const MESSAGE_CHARACTERS = 1000;
const ANSWER_MS = 1000;
const isAnswer = (text) => text.startsWith('431[');

/** Enters, sends a burst and leaves, again and again, without waiting for a single answer. */
async function again(field, burst) {
  await field.repeat(CONNECTIONS, async () => {
    const socket = await openWebsocket(field);
    if (socket === null) return false;
    while (!socket.closed && !field.over) {
      socket.raw(Buffer.concat(['40', ...burst(), '41'].map((text) => frame(TEXT, text))));
      field.count('entered');
      await socket.flushed();
      await field.rest(1);
    }
    socket.end();
    return false;
  });
}

/** Repeats a sequence in which each request awaits the answer of the one before. */
async function againSlowly(field, burst) {
  await field.repeat(CONNECTIONS_WAITING, async () => {
    const socket = await openWebsocket(field);
    if (socket === null) return false;
    while (!socket.closed && !field.over && (await socket.enter('{"resume":true}'))) {
      field.count('entered');
      await burst(socket);
      await socket.flushed();
      socket.send('41');
    }
    socket.end();
    return false;
  });
}

const times = (count, packet) => Array.from({ length: count }, (_, n) => packet(n));

/** Room ids tried at random. */
export const guesses = (field) =>
  again(field, () => {
    field.count('guesses', ENTRY_BURST);
    return times(ENTRY_BURST, () => event('join-room', { roomId: randomRoomId(), userName: 'Guess' }, 1));
  });

/** Rooms made until there may be no more. */
export const rooms = (field) => again(field, () => times(ENTRY_BURST, () => event('create-room', { hostName: 'Maker' }, 1)));

let seat = 0;
/** The seats of a room, taken by guests who go and stay as away. */
export const seats = (field) =>
  againSlowly(field, async (socket) => {
    const answer = socket.next(isAnswer, ANSWER_MS);
    socket.send(event('join-room', { roomId: field.roomId, userName: `Ghost ${seat++}` }, 1));
    await answer;
  });

/** Messages into a room where others talk. */
export const messages = (field) =>
  again(field, () => {
    field.count('messages', CHAT_BURST);
    return [
      event('join-room', { roomId: field.roomId, userName: `Loud ${seat++}` }, 1),
      ...times(CHAT_BURST, () => event('send-message', { roomId: field.roomId, message: 'much' }, 2)),
    ];
  });

/** Rooms whose chat is full, until the heap would end. */
export const chats = (field) =>
  againSlowly(field, async (socket) => {
    const created = socket.next(isAnswer, ANSWER_MS);
    socket.send(event('create-room', { hostName: 'Maker' }, 1));
    const roomId = /"roomId":"([A-Z0-9]{6})"/.exec((await created) ?? '')?.[1];
    if (roomId === undefined) return;
    field.count('rooms');
    const message = '映'.repeat(MESSAGE_CHARACTERS);
    const said = socket.next((text) => text.startsWith('439['), ANSWER_MS);
    for (let n = 1; n <= CHAT_KEPT; n++) socket.send(event('send-message', { roomId, message }, n === CHAT_KEPT ? 9 : 2));
    await said;
  });
