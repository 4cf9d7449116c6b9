/** Returns the address of a text, or null when it is none (`URL.canParse` is too new for some browsers). */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
