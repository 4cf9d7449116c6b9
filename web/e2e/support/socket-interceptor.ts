/** Sits between a page and its server: injects events and answers commands as a failing server would. */
import type { BrowserContext, WebSocketRoute } from 'playwright-core';

type Answer = Record<string, unknown>;

export class SocketInterceptor {
  private page: WebSocketRoute | null = null;
  /** Commands that do not reach the server, with their answers. */
  private answers = new Map<string, Answer>();
  /** The command whose next answer is dropped, and its event. */
  private losing: { command: string; event: string } | null = null;
  /** Ack id of that command, and its event. */
  private lost: { id: string; event: string } | null = null;
  /** How often each command was sent. */
  readonly commandCounts = new Map<string, number>();

  /** For the `prepare` option of a page. */
  attach = (context: BrowserContext) =>
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
        if (name !== undefined) this.commandCounts.set(name, (this.commandCounts.get(name) ?? 0) + 1);
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
    // The answer arrives last.
    if (answer) this.lost = null;
    return answer || frame.startsWith(`42["${lost.event}"`);
  }

  /** Lets the server perform that command once more, and drops its answer and its event. */
  dropNextAnswer(command: string, event: string): void {
    this.losing = { command, event };
  }

  /** Injects an event as if the server had sent it. */
  inject(name: string, payload: Answer): void {
    this.page?.send(`42${JSON.stringify([name, payload])}`);
  }

  /** Rejects these commands until `stopRejecting`. */
  reject(code: string, ...names: string[]): void {
    for (const name of names) this.answers.set(name, { ok: false, code, error: `Failed to ${name}`, retryable: true });
  }

  stopRejecting(): void {
    this.answers.clear();
  }
}
