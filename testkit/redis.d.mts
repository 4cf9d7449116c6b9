export interface RedisOptions {
  port?: number;
  persistent?: boolean;
  config?: readonly string[];
}

export declare class Redis {
  static started(options?: RedisOptions): Promise<Redis>;
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}
