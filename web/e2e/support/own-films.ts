/** Files of viewers' own for the browser tests, and ways to bring them onto a page. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface OwnFilms {
  /** Two copies of one film, as on two devices. */
  film: string;
  copy: string;
  /** The film with other bytes. */
  cut: string;
  /** A film of another length. */
  other: string;
  /** A file that no browser plays. */
  unplayable: string;
  remove(): void;
}

/** Returns a box that players of MP4 skip. */
function freeBox(): Buffer {
  const box = Buffer.alloc(64);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4);
  return box;
}

export function makeOwnFilms(): OwnFilms {
  const folder = mkdtempSync(join(tmpdir(), 'own-films-'));
  const sample = readFileSync(at('../../public/media/sample.mp4'));
  const write = (name: string, bytes: Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  return {
    film: write('Our film.mp4', sample),
    copy: write('downloaded (1).mp4', sample),
    cut: write('another cut.mp4', Buffer.concat([sample, freeBox()])),
    other: write('another film.mp4', readFileSync(at('../fixtures/odd/no-sound.mp4'))),
    unplayable: write('holiday.avi', Buffer.from('RIFF\0\0\0\0AVI LIST')),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Chooses a file by the input behind a button. */
export async function chooseFile(page: Page, label: string, path: string): Promise<void> {
  await page.locator(`input[type=file][aria-label="${label}"]`).first().setInputFiles(path);
}

/** Drops a file onto the page. */
export async function dropFile(page: Page, path: string, name: string): Promise<void> {
  await page.evaluate(
    ([base64, called]) => {
      const bytes = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], called!, { type: 'video/mp4' }));
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [readFileSync(path).toString('base64'), name],
  );
}

/**
 * Replaces the browser's picker by one that gives out the handle of a file in the page's own storage: a real handle,
 * which a refresh finds again, without a window that no test can press.
 */
export async function pickFromStorage(page: Page, path: string, name: string): Promise<void> {
  await page.evaluate(
    async ([base64, called]) => {
      const bytes = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
      const handle = await (await navigator.storage.getDirectory()).getFileHandle(called!, { create: true });
      const writable = await handle.createWritable();
      await writable.write(bytes);
      await writable.close();
      Object.assign(window, { showOpenFilePicker: () => Promise.resolve([handle]) });
    },
    [readFileSync(path).toString('base64'), name],
  );
}

/** Deletes or overwrites a file in the page's own storage. */
export async function changeInStorage(page: Page, name: string, bytes: string | null): Promise<void> {
  await page.evaluate(
    async ([called, text]) => {
      const folder = await navigator.storage.getDirectory();
      if (text === null) {
        await folder.removeEntry(called!);
        return;
      }
      const writable = await (await folder.getFileHandle(called!)).createWritable();
      await writable.write(text!);
      await writable.close();
    },
    [name, bytes] as const,
  );
}

/** Counts the bytes that a page sends, and keeps the addresses that it asks. */
export function watchNetwork(page: Page): { sent: string[]; asked: string[] } {
  const seen = { sent: [] as string[], asked: [] as string[] };
  page.on('request', (request) => {
    // An object URL leads to the page's own memory.
    if (!request.url().startsWith('blob:')) seen.asked.push(request.url());
    const body = request.postData();
    if (body !== null) seen.sent.push(body);
  });
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => seen.sent.push(payload.toString()));
  });
  return seen;
}
