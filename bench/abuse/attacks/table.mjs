// All attacks, with what each does and how long it lasts.
import { bodies, pipelines, slow } from './bodies.mjs';
import { connections, idle, upgrades } from './connections.mjs';
import { fragments, pings } from './frames.mjs';
import { headers } from './headers.mjs';
import { ipv6 } from './ipv6.mjs';
import { attachments, auth, json } from './packets.mjs';
import { chats, guesses, messages, rooms, seats } from './reconnects.mjs';
import { search } from './search.mjs';
import { storm } from './storm.mjs';

const SECONDS = 15;
/** What has to gather before it does harm. */
const LONG_SECONDS = 40;

export const ATTACKS = {
  headers: { says: 'headers, queries and paths that are dear to parse', run: headers },
  attachments: { says: 'binary events of 1 MB before CONNECT, whose last attachment never comes', run: attachments },
  auth: { says: 'auth payloads of 1 MB whose tree is many times as large, on every socket', run: auth },
  json: { says: 'twenty packets a second of the worst JSON, 1 MB each', run: json },
  guesses: { says: 'room ids guessed, with fresh limits by entering the namespace again', run: guesses },
  rooms: { says: 'rooms made without end, with fresh limits in the same way', run: rooms, seconds: LONG_SECONDS },
  seats: { says: 'a room filled with guests who are away', run: seats },
  messages: { says: 'messages into a room where others talk, with fresh limits', run: messages },
  search: { says: 'rooms searched for by control events of a stranger', run: search },
  chats: { says: 'rooms with full chats', run: chats, seconds: LONG_SECONDS },
  bodies: { says: '500 bodies of 1 MB for an unknown session, held open', run: bodies },
  slow: { says: 'heads and bodies that come byte by byte', run: slow },
  connections: { says: 'connections beyond the descriptors of the server', run: connections },
  idle: { says: 'websockets that do nothing', run: idle },
  upgrades: { says: 'upgrades that are dropped half-way', run: upgrades },
  pipelines: { says: 'pipelined and chunked requests whose answers nobody reads', run: pipelines },
  fragments: { says: 'websocket messages that never end', run: fragments },
  pings: { says: 'websocket pings as fast as they are taken', run: pings },
  storm: { says: 'joins, leaves, typing signs and clock questions without pause', run: storm },
  ipv6: { says: 'each connection from another address of one IPv6 network', run: ipv6 },
};

export const secondsOf = (name, quick) => (quick ? 2 : (ATTACKS[name].seconds ?? SECONDS));
