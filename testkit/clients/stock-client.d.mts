import type { Socket } from "socket.io-client";

export declare class StockClient {
  constructor(options: {
    name?: string;
    urls: readonly string[];
    at?: number;
    options?: object;
  });
  readonly socket: Socket;
  readonly open: boolean;
  readonly problems: readonly string[];
  enter(roomId?: string | null): void;
  leave(): void;
}
