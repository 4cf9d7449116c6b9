/** Between a page and its server: events can be slipped in, and questions answered as a server in trouble would. */
import type { BrowserContext, WebSocketRoute } from 'playwright-core';

type Answer = Record<string, unknown>;

export class WireTap {
  private page: WebSocketRoute | null = null;
  /** Commands by name that the server does not get; the tap answers them. */
  private answers = new Map<string, Answer>();
  /** The command whose next answer gets lost, with what everybody hears of it. */
  private losing: { command: string; event: string } | null = null;
  /** The number under which that answer comes, and the event that goes with it. */
  private lost: { id: string; event: string } | null = null;
  /** How often each command was asked. */
  readonly asked = new Map<string, number>();

  /** For `prepare` of a person. */
  listen = (context: BrowserContext) =>
    context.routeWebSocket(/\/api\/socket\/io/, (page) => {
      this.page = page;
      const server = page.connectToServer();
      page.onMessage((frame) => {
        const [, id, name] = /^42(\d*)\["([^"]+)"/.exec(String(frame)) ?? [];
        const { losing } = this;
        if (losing !== null && id !== undefined && id !== '' && name === losing.command) {
          this.lost = { id, event: losing.event };
          this.losing = null;
        }
        if (name !== undefined) this.asked.set(name, (this.asked.get(name) ?? 0) + 1);
        const answer = name === undefined ? undefined : this.answers.get(name);
        if (answer === undefined) server.send(frame);
        else if (id !== '') page.send(`43${id}[${JSON.stringify(answer)}]`);
      });
      server.onMessage((frame) => {
        if (!this.isLost(String(frame))) page.send(frame);
      });
    });

  private isLost(frame: string): boolean {
    const { lost } = this;
    if (lost === null) return false;
    const answer = frame.startsWith(`43${lost.id}[`);
    // The answer comes last.
    if (answer) this.lost = null;
    return answer || frame.startsWith(`42["${lost.event}"`);
  }

  /** The server gets that command once more and does it, and the page hears of it neither by its answer nor by that event. */
  lose(command: string, event: string): void {
    this.losing = { command, event };
  }

  /** The page hears that event as if the server had sent it. */
  tell(name: string, payload: Answer): void {
    this.page?.send(`42${JSON.stringify([name, payload])}`);
  }

  /** From now on these commands are refused, until `heal`. */
  refuse(code: string, ...names: string[]): void {
    for (const name of names) this.answers.set(name, { ok: false, code, error: `Failed to ${name}`, retryable: true });
  }

  heal(): void {
    this.answers.clear();
  }
}
