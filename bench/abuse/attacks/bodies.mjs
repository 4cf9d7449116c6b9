// Requests that are never finished, and answers that are never read.
import { ask, postHead } from '../net/http.mjs';

const BODIES = 500;
const BODY_BYTES = 990_000;
const SLOW = 300;
const SLOW_MS = 500;
const PIPELINES = 20;
const PIPELINED = 200;
const CHUNKS = 2000;
const WAITING_BYTES_MAX = 2 << 20;

/** Sends bodies of 1 MB without their last bytes to a session that does not exist, and holds them open. */
export async function bodies(field) {
  const head = postHead('&sid=AAAAAAAAAAAAAAAAAAAA', ['Content-Type: text/plain', `Content-Length: ${BODY_BYTES + 10}`]);
  const body = Buffer.alloc(BODY_BYTES, 'a');
  await field.repeat(field.quick ? BODIES / 10 : BODIES, async () => {
    const tcp = await field.connect();
    if (tcp === null) return false;
    tcp.on('data', (piece) => field.count(`requests answered ${piece.subarray(9, 12).toString()}`));
    tcp.write(head);
    tcp.write(body);
    field.count('bytes sent', BODY_BYTES);
    await held(field, tcp);
    return false;
  });
}

/** Sends heads and bodies byte by byte. */
export async function slow(field) {
  const begun = postHead('&sid=AAAAAAAAAAAAAAAAAAAA', ['Content-Length: 100000']);
  await field.repeat(field.quick ? SLOW / 10 : SLOW, async (worker) => {
    const tcp = await field.connect();
    if (tcp === null) return false;
    tcp.on('data', (piece) => field.count(`requests answered ${piece.subarray(9, 12).toString()}`));
    const text =
      worker % 2 === 0 ? `${begun}${'a'.repeat(1000)}` : `GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ${'a'.repeat(1000)}`;
    let at = worker % 2 === 0 ? begun.length : 1;
    tcp.write(text.slice(0, at));
    while (!tcp.destroyed && !field.over && at < text.length) {
      tcp.write(text[at++]);
      await field.rest(SLOW_MS);
    }
    return false;
  });
}

/** Requests one behind the other, some in many chunks, and nothing of what is answered is read. */
export async function pipelines(field) {
  const page = 'GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n'.repeat(PIPELINED);
  const chunks = `${postHead('', ['Transfer-Encoding: chunked'])}${'1;a=b\r\nx\r\n'.repeat(CHUNKS)}0\r\n\r\n`;
  await field.repeat(PIPELINES, async (worker) => {
    const tcp = await field.connect();
    if (tcp === null) return false;
    if (worker === 0) await ask(field, tcp, chunks);
    tcp.pause();
    while (!tcp.destroyed && !field.over) {
      if (tcp.writableLength < WAITING_BYTES_MAX) {
        const text = worker % 2 === 0 ? page : chunks;
        tcp.write(text);
        field.count('bytes sent', text.length);
      }
      await field.rest(20);
    }
    return false;
  });
}

async function held(field, tcp) {
  while (!tcp.destroyed && !field.over) await field.rest(100);
  if (tcp.destroyed) field.count('closed by the server');
}
