/** Hashes three parts of a file, so that gigabytes need not be read. */
import type { Hashes } from './local-link';

export const MIB = 1024 * 1024;

export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** Returns where the first, the middle and the last MiB of a file begin and end; a smaller file is each of them. */
export function partsOf(size: number): [from: number, to: number][] {
  const starts = size < MIB ? [0, 0, 0] : [0, Math.floor((size - MIB) / 2), size - MIB];
  return starts.map((from) => [from, Math.min(size, from + MIB)]);
}

export async function hashParts(file: Blob, digest: Digest): Promise<Hashes> {
  const hashes: string[] = [];
  for (const [from, to] of partsOf(file.size)) {
    const bytes = new Uint8Array(await file.slice(from, to).arrayBuffer());
    // A file that was cut short after it was chosen.
    if (bytes.length !== to - from) throw new Error('The file has changed');
    hashes.push(hex(await digest(bytes)));
  }
  return [hashes[0]!, hashes[1]!, hashes[2]!];
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Returns SHA-256 of the browser; a page without TLS has none, and loads a library for it. */
export async function sha256Digest(subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle): Promise<Digest> {
  if (subtle !== undefined) return async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));
  const { sha256 } = await import('@noble/hashes/sha2.js');
  return (bytes) => Promise.resolve(sha256(bytes));
}
