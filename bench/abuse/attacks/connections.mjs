// Attacks with connections: as many as possible, idle websockets, upgrades that are dropped half-way.
import { ask } from '../net/http.mjs';
import { openWebsocket } from '../net/websocket.mjs';

const FLOOD_WORKERS = 200;
const FLOOD_REST_MS = 100;
const IDLE = 150;
const UPGRADES = 16;

/** Opens and keeps more connections than the server has descriptors. */
export async function connections(field) {
  const most = field.quick ? 500 : 5000;
  await field.repeat(FLOOD_WORKERS, async () => {
    if (field.open >= most) {
      await field.rest(100);
      return true;
    }
    const tcp = await field.connect();
    tcp?.on('close', () => field.count('closed by the server'));
    // Two thousand a second in all, also against a server that closes each at once.
    await field.rest(FLOOD_REST_MS);
    return tcp !== null;
  });
}

/** Opens websockets that join the namespace, or do not, and then only answer pings. */
export async function idle(field) {
  await field.repeat(IDLE, async (worker) => {
    const socket = await openWebsocket(field);
    if (socket === null) return false;
    if (worker % 2 === 0) await socket.enter('{"resume":true}');
    while (!socket.closed && !field.over) await field.rest(200);
    return false;
  });
}

const HANDSHAKE = 'GET /api/socket/io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n';
const upgradeOf = (sid) =>
  `GET /api/socket/io/?EIO=4&transport=websocket&sid=${sid} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n` +
  'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

/** Opens polling sessions that begin an upgrade on another connection and drop it at once. */
export async function upgrades(field) {
  await field.repeat(UPGRADES, async () => {
    const tcp = await field.connect();
    if (tcp === null) return false;
    let text = '';
    tcp.on('data', (piece) => (text += piece.toString('latin1')));
    const status = await ask(field, tcp, HANDSHAKE);
    await field.rest(5);
    const sid = /"sid":"([^"]+)"/.exec(text)?.[1];
    if (status !== '200' || sid === undefined) {
      tcp.resetAndDestroy();
      return false;
    }
    for (let n = 0; n < 5 && !field.over; n++) {
      const other = await field.connect();
      if (other === null) break;
      other.write(upgradeOf(sid));
      field.count('dropped upgrades');
      setImmediate(() => other.resetAndDestroy());
      await field.rest(5);
    }
    tcp.resetAndDestroy();
    return true;
  });
}
