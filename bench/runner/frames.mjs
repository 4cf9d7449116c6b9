// Websocket frames, written and read byte by byte, so that an attack can send what no library would.
export const CONTINUATION = 0;
export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;

const MASK_BYTES = 4;

/** A frame of a client; its mask of zeros leaves the payload as it is. */
export function frame(opcode, payload, { last = true } = {}) {
  const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
  const size = bytes.length;
  const lengthBytes = size < 126 ? 0 : size < 65_536 ? 2 : 8;
  const head = Buffer.alloc(2 + lengthBytes + MASK_BYTES);
  head[0] = (last ? 0x80 : 0) | opcode;
  head[1] = 0x80 | (lengthBytes === 0 ? size : lengthBytes === 2 ? 126 : 127);
  if (lengthBytes === 2) head.writeUInt16BE(size, 2);
  if (lengthBytes === 8) head.writeBigUInt64BE(BigInt(size), 2);
  return Buffer.concat([head, bytes]);
}

/** Reads a server's frames from pieces of any size. */
export class FrameReader {
  #kept = Buffer.alloc(0);

  /** @returns the frames that are complete now, as { opcode, payload } */
  push(piece) {
    this.#kept = this.#kept.length === 0 ? piece : Buffer.concat([this.#kept, piece]);
    const frames = [];
    for (;;) {
      const found = this.#next();
      if (found === null) return frames;
      frames.push(found);
    }
  }

  #next() {
    const bytes = this.#kept;
    if (bytes.length < 2) return null;
    let size = bytes[1] & 0x7f;
    let at = 2;
    if (size === 126) {
      if (bytes.length < 4) return null;
      size = bytes.readUInt16BE(2);
      at = 4;
    } else if (size === 127) {
      if (bytes.length < 10) return null;
      size = Number(bytes.readBigUInt64BE(2));
      at = 10;
    }
    if (bytes.length < at + size) return null;
    this.#kept = bytes.subarray(at + size);
    return { opcode: bytes[0] & 0x0f, payload: bytes.subarray(at, at + size) };
  }
}
