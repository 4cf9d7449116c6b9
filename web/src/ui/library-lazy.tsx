/** The parts of the server's media library, whose code loads when they are shown. */
import { lazyComponent } from './lazy';
import type { LibraryButtonProps } from './library-button';

export const LibraryButton = lazyComponent<LibraryButtonProps>(async () => (await import('./library-button')).LibraryButton);
export const LibraryDialog = lazyComponent(async () => (await import('./library-dialog')).LibraryDialog);
export const LibraryNotice = lazyComponent(async () => (await import('./library-notice')).LibraryNotice);
