// All attacks, with what each does, how long it lasts, whether it leaves something behind that another run would meet, and what is
// judged of the attack itself.
import { bodies, pipelines, slow } from './bodies.mjs';
import { connections, idle, upgrades } from './connections.mjs';
import { fragments, pings } from './frames.mjs';
import { headers } from './headers.mjs';
import { ipv6 } from './ipv6.mjs';
import { attachments, auth, json } from './packets.mjs';
import { passwords, passwordShortcomings } from './passwords.mjs';
import { chats, guesses, messages, rooms, seats } from './reconnects.mjs';
import { search } from './search.mjs';
import { storm } from './storm.mjs';

const SECONDS = 15;
/** The seconds of attacks that have to accumulate before they do harm. */
const LONG_SECONDS = 40;

export const ATTACKS = {
  headers: { description: 'headers, queries and paths that are dear to parse', run: headers },
  attachments: { description: 'binary events of 1 MB before CONNECT, whose last attachment never comes', run: attachments },
  auth: { description: 'auth payloads of 1 MB whose tree is many times as large, on every socket', run: auth },
  json: { description: 'twenty packets a second of the worst JSON, 1 MB each', run: json },
  guesses: { description: 'room ids guessed, with fresh limits by entering the namespace again', run: guesses },
  rooms: {
    description: 'rooms made without end, with fresh limits in the same way',
    run: rooms,
    seconds: LONG_SECONDS,
    leaves: true,
  },
  seats: { description: 'a room filled with guests who are away', run: seats, leaves: true },
  messages: { description: 'messages into a room where others talk, with fresh limits', run: messages },
  search: { description: 'rooms searched for by control events of a stranger', run: search },
  chats: { description: 'rooms with full chats', run: chats, seconds: LONG_SECONDS, leaves: true },
  bodies: { description: '500 bodies of 1 MB for an unknown session, held open', run: bodies },
  slow: { description: 'heads and bodies that come byte by byte', run: slow },
  connections: { description: 'connections beyond the descriptors of the server', run: connections },
  idle: { description: 'websockets that do nothing', run: idle },
  upgrades: { description: 'upgrades that are dropped half-way', run: upgrades },
  pipelines: { description: 'pipelined and chunked requests whose answers are not read', run: pipelines },
  fragments: { description: 'websocket messages that never end', run: fragments },
  pings: { description: 'websocket pings as fast as they are taken', run: pings },
  storm: { description: 'joins, leaves, typing signs and clock questions without pause', run: storm },
  passwords: {
    description: '200 wrong passwords a second by strangers from many addresses',
    run: passwords,
    shortcomings: passwordShortcomings,
  },
  ipv6: { description: 'each connection from another address of one IPv6 network', run: ipv6, leaves: true },
};

/** Returns why the attack itself did not go as it should, as sentences. */
export function attackShortcomings(name, { counts, problem }, quick) {
  const { shortcomings } = ATTACKS[name];
  if (shortcomings === undefined || problem !== undefined) return [];
  return shortcomings(counts, { seconds: secondsOf(name, quick), quick });
}

export const secondsOf = (name, quick) => (quick ? 2 : (ATTACKS[name].seconds ?? SECONDS));
