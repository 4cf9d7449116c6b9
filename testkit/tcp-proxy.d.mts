export declare class TcpProxy {
  static listening(targets: number | readonly number[], options?: { port?: number; seed?: number }): Promise<TcpProxy>;
  readonly port: number;
  close(): Promise<void>;
}
