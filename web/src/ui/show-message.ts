/** Finds messages in the log, and shows one of them. */

const MARKED_MS = 1800;

export function messageElement(log: HTMLElement, messageId: string): HTMLElement | null {
  return log.querySelector<HTMLElement>(`[data-message="${CSS.escape(messageId)}"]`);
}

/** Brings a message to the middle of the log, and marks it for a moment. Returns false when it is not there. */
export function showMessage(log: HTMLElement, messageId: string, focus = true): boolean {
  const element = messageElement(log, messageId);
  if (element === null) return false;
  const box = element.getBoundingClientRect();
  const frame = log.getBoundingClientRect();
  log.scrollTop += box.top - frame.top - Math.max(0, (frame.height - box.height) / 2);
  if (focus) element.focus({ preventScroll: true });
  // A colour that fades moves nothing, so it is for those too who want no motion.
  element.animate?.([{ backgroundColor: 'rgb(242 176 76 / 0.32)' }, { backgroundColor: 'transparent' }], MARKED_MS);
  return true;
}

/** Marks the message that a search shows, and no other; null ends it. */
export function markFound(log: HTMLElement, messageId: string | null): void {
  for (const marked of log.querySelectorAll('[data-found]')) marked.removeAttribute('data-found');
  if (messageId !== null) messageElement(log, messageId)?.setAttribute('data-found', '');
}
