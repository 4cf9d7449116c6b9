/** A provider's player in a frame, and the messages to and from it. */

const PERMISSIONS = 'autoplay; encrypted-media; fullscreen; picture-in-picture';

export class FrameChannel {
  readonly frame: HTMLIFrameElement;
  private readonly listener = (event: MessageEvent) => {
    if (event.origin === this.origin && event.source !== null && event.source === this.frame.contentWindow) {
      this.onMessage(parse(event.data));
    }
  };

  /**
   * @param origin the only origin whose messages are read, and to which messages are sent
   * @param onMessage called with each message that is an object, or the JSON text of one
   */
  constructor(
    mount: HTMLElement,
    address: URL,
    private readonly origin: string,
    title: string,
    private readonly onMessage: (message: Readonly<Record<string, unknown>>) => void,
  ) {
    this.frame = document.createElement('iframe');
    this.frame.title = title;
    this.frame.allow = PERMISSIONS;
    this.frame.referrerPolicy = 'strict-origin-when-cross-origin';
    // The page's own keys control the room; a focused frame would swallow them.
    this.frame.tabIndex = -1;
    window.addEventListener('message', this.listener);
    this.frame.src = address.href;
    mount.append(this.frame);
  }

  post(message: unknown): void {
    this.frame.contentWindow?.postMessage(message, this.origin);
  }

  close(): void {
    window.removeEventListener('message', this.listener);
    this.frame.remove();
  }
}

const NOTHING: Readonly<Record<string, unknown>> = {};

/** Returns a message as an object without surprises: empty when it is none. */
function parse(data: unknown): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = typeof data === 'string' ? JSON.parse(data) : data;
    return fieldsOf(value);
  } catch {
    return NOTHING;
  }
}

/** Returns the fields of an object, and none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : NOTHING;
}
