// Every connection from another address of one IPv6 network, as a trusted proxy names them.
import { event, randomRoomId } from '../net/payloads.mjs';
import { openWebsocket } from '../net/websocket.mjs';

const WORKERS = 16;
const GUESSES = 20;

/** An address of the documentation's network 2001:db8::/64, another for each number. */
export const addressOf = (n) =>
  `2001:db8::${(n >> 16) & 0xffff ? `${((n >> 16) & 0xffff).toString(16)}:` : ''}${(n & 0xffff).toString(16)}`;

/** Sends sockets, rooms and guesses, each from a new address. */
export async function ipv6(field) {
  let n = 1;
  await field.repeat(WORKERS, async () => {
    const headers = [`X-Forwarded-For: ${addressOf(n++)}`];
    const socket = await openWebsocket(field, { address: field.trusted, headers });
    if (socket === null) return false;
    if (!(await socket.enter('{"resume":true}'))) {
      socket.end();
      return false;
    }
    socket.send(event('create-room', { hostName: 'Maker' }, 1));
    for (let guess = 0; guess < GUESSES; guess++)
      socket.send(event('join-room', { roomId: randomRoomId(), userName: 'Guess' }, guess === GUESSES - 1 ? 999 : 2));
    field.count('addresses');
    await socket.next((text) => text.startsWith('43999'), 1000);
    if (n % 4 === 0) socket.end();
    return true;
  });
}
