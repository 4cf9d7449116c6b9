export interface ServerOptions {
  name?: string;
  command?: readonly string[];
  words?: readonly string[];
  environment?: Record<string, string | undefined>;
  port?: number;
  log?: string;
  readyPath?: string;
  everyMs?: number;
}

export declare class Server {
  static started(options?: ServerOptions): Promise<Server>;
  constructor(options?: ServerOptions);
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  readonly running: boolean;
  start(): Promise<number>;
  stop(withinMs?: number): Promise<number>;
  kill(): Promise<void>;
}
