/** Loads what a viewer does with messages after the room has been entered, so that the first load stays small. */
import type { ChatActionsPorts } from './chat-actions';
import { loadOnDemand } from './load-once';

export function loadChatActions(ports: ChatActionsPorts) {
  return loadOnDemand(async () => (await import('./chat-actions')).createChatActions(ports));
}
