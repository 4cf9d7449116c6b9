export declare class ManagedProcess {
  constructor(command: string, words?: readonly string[], options?: { log?: string; env?: NodeJS.ProcessEnv; cwd?: string });
  readonly output: string;
  stop(): Promise<unknown>;
}
