/** Takes links that are dropped onto the page, and asks where in the queue they go. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import '../styles/queue.css';
import { QueueAddDialog } from './queue-add';
import { useQueue } from './queue-parts';

const TYPES = ['text/uri-list', 'text/plain'];
const FIELDS = 'input, textarea, [contenteditable]:not([contenteditable=false])';

function holdsText(event: DragEvent): boolean {
  // Files are not links.
  const types = event.dataTransfer?.types ?? [];
  return TYPES.some((type) => types.includes(type)) && !types.includes('Files');
}

/** Returns the dropped links; the lines of a list of links that begin with "#" are comments. */
function droppedText({ dataTransfer }: DragEvent): string {
  const list = (dataTransfer?.getData('text/uri-list') ?? '').split(/\r?\n/).filter((line) => !line.startsWith('#'));
  const links = list.join('\n').trim();
  return links === '' ? (dataTransfer?.getData('text/plain') ?? '').trim() : links;
}

export function QueueDrop() {
  const { mayAdd, adding } = useQueue();
  const over = useSignal(false);

  useEffect(() => {
    const inField = ({ target }: DragEvent) => target instanceof Element && target.closest(FIELDS) !== null;
    const takes = (event: DragEvent) => mayAdd.peek() && adding.peek() === null && holdsText(event) && !inField(event);
    const onOver = (event: DragEvent) => {
      over.value = takes(event);
      if (!over.value) return;
      event.preventDefault();
      event.dataTransfer!.dropEffect = 'copy';
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) over.value = false;
    };
    const onDrop = (event: DragEvent) => {
      over.value = false;
      if (!takes(event)) return;
      event.preventDefault();
      const text = droppedText(event);
      if (text !== '') adding.value = text;
    };
    const off = new AbortController();
    const { signal } = off;
    window.addEventListener('dragover', onOver, { signal });
    window.addEventListener('dragleave', onLeave, { signal });
    window.addEventListener('drop', onDrop, { signal });
    return () => off.abort();
  }, []);

  return (
    <>
      {over.value && (
        <div class="queue-drop" aria-hidden="true">
          <p>Drop it to add it to the queue</p>
        </div>
      )}
      <QueueAddDialog />
    </>
  );
}
