// One websocket in the default namespace, with as little of its own as can be: it answers pings.
import { connect } from 'node:net';

/** Returns a text frame; the mask of zeros leaves the text as it is. */
export function frame(text) {
  const content = Buffer.from(text);
  const { length } = content;
  const head = Buffer.alloc(length < 126 ? 2 : length < 0x10000 ? 4 : 10);
  head[0] = 0x81;
  head[1] = 0x80 | (length < 126 ? length : head.length === 4 ? 126 : 127);
  if (head.length > 2) head.writeUIntBE(length, head.length - (head.length === 4 ? 2 : 6), head.length === 4 ? 2 : 6);
  return Buffer.concat([head, Buffer.alloc(4), content]);
}

/** Calls `heard` with the content of every frame that arrives from now on. */
export function readFrames(socket, heard) {
  let rest = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    for (;;) {
      if (rest.length < 2) return;
      const short = rest[1] & 0x7f;
      const start = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (rest.length < start) return;
      const length = short < 126 ? short : short === 126 ? rest.readUInt16BE(2) : rest.readUInt32BE(6);
      if (rest.length < start + length) return;
      heard(rest.subarray(start, start + length));
      rest = rest.subarray(start + length);
    }
  });
}

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
