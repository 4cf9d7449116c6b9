/** Handles of files that some browsers give out, so that a page finds a file again after a refresh. */

type Permission = { mode: 'read' };

/** The used part of a FileSystemFileHandle; browsers without permissions for handles ask for none. */
export interface FileHandle {
  readonly kind: string;
  readonly name: string;
  getFile(): Promise<File>;
  queryPermission?(wanted: Permission): Promise<PermissionState>;
  requestPermission?(wanted: Permission): Promise<PermissionState>;
}

type Picker = (options: { types: { description: string; accept: Record<string, string[]> }[] }) => Promise<FileHandle[]>;

export interface PickedFile {
  file: File;
  /** Null where the browser gives none. */
  handle: FileHandle | null;
}

/** Returns whether the browser has a picker that gives handles out. */
export function hasHandlePicker(scope: object = window): boolean {
  return 'showOpenFilePicker' in scope;
}

/** Lets the viewer choose a film; null when they choose none. */
export async function pickWithHandle(scope: object = window): Promise<PickedFile | null> {
  const pick = (scope as { showOpenFilePicker: Picker }).showOpenFilePicker;
  try {
    const types = [{ description: 'Films', accept: { 'video/*': ['.mp4', '.webm', '.m4v', '.mov', '.mkv'], 'audio/*': [] } }];
    const [handle] = await pick.call(scope, { types });
    return handle === undefined ? null : { file: await handle.getFile(), handle };
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === 'AbortError') return null;
    throw problem;
  }
}

/** Returns the handle of the first file of a drop or a paste. Called in its event, because the data is gone after it. */
export async function handleOfTransfer({ items }: Pick<DataTransfer, 'items'>): Promise<FileHandle | null> {
  const item = [...items].find(({ kind }) => kind === 'file') as
    (DataTransferItem & { getAsFileSystemHandle?(): Promise<FileHandle | null> }) | undefined;
  const found = await item?.getAsFileSystemHandle?.().catch(() => null);
  return found?.kind === 'file' ? found : null;
}

/** Returns the state of the permission to read the file. */
export async function permissionOf(handle: FileHandle): Promise<PermissionState> {
  return (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
}

/** Asks the viewer for the permission; called in a click. */
export async function askPermission(handle: FileHandle): Promise<boolean> {
  return ((await handle.requestPermission?.({ mode: 'read' })) ?? 'granted') === 'granted';
}
