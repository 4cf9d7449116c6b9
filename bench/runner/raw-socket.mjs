// One websocket in the default namespace, with as little of its own as can be: it answers pings.
import { connect } from 'node:net';

/** Returns a text frame of fewer than 126 bytes; the mask of zeros leaves the text as it is. */
export const frame = (text) => Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);

/** Connects; resolves to the TCP socket when it is in the namespace. */
export function rawSocket(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.write(
      'GET /api/socket/io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n' +
        'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      if (text.includes('"pingInterval"')) socket.write(frame('40'));
      if (text.includes('40{"sid"')) resolve(socket);
      if (/\x81\x012/.test(text)) socket.write(frame('3'));
    });
  });
}
