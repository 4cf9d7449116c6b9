/** Finds messages by their text or their author, without regard to case and accents. */
import type { Entry } from './chat-entries';
import { foldText } from './fold-text';
import { plainText } from './message-marks';

/** Finds messages again and again while more of them come; each text is read once. */
export function createChatSearch() {
  const folded = new WeakMap<object, string>();

  function textOf(entry: Extract<Entry, { kind: 'message' }>): string {
    let text = folded.get(entry.message);
    if (text === undefined) {
      // What a spoiler hides is not found.
      text = foldText(`${entry.message.userName}\n${plainText(entry.message.message)}`);
      folded.set(entry.message, text);
    }
    return text;
  }

  /** Returns the ids of the messages that have all words of the query, oldest first. */
  return (entries: readonly Entry[], query: string): string[] => {
    const words = foldText(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    return entries.flatMap((entry) => {
      if (entry.kind !== 'message' || entry.message.deleted === true) return [];
      const text = textOf(entry);
      return words.every((word) => text.includes(word)) ? [entry.message.id] : [];
    });
  };
}
