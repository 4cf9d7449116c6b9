/** Takes files that are dropped anywhere on the page. Without it the browser would leave the page for the file. */
import { bringsFilm } from '../own-copy/film-file';

export interface FileDropPorts {
  /** Whether films are taken, or else all other files. */
  films: boolean;
  /** Whether such files are over the page. */
  onHover(over: boolean): void;
  /** @param data what was dropped, which is gone after the call */
  onFile(file: File, data: DataTransfer): void;
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;

/** Starts to take files and returns a function that ends it. */
export function takeFileDrops(
  page: Pick<EventTarget, 'addEventListener'>,
  { films, onHover, onFile }: FileDropPorts,
): () => void {
  const off = new AbortController();
  const on = (name: string, run: (event: DragEvent) => void) =>
    page.addEventListener(name, (event) => run(event as DragEvent), { signal: off.signal });
  const over = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    onHover(bringsFilm(event.dataTransfer) === films);
  };
  on('dragenter', over);
  on('dragover', over);
  on('dragleave', (event) => {
    // Without a related element the pointer has left the page.
    if (event.relatedTarget === null) onHover(false);
  });
  on('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    onHover(false);
    const data = event.dataTransfer;
    const file = data?.files[0];
    if (file !== undefined && bringsFilm(data) === films) onFile(file, data!);
  });
  return () => off.abort();
}
