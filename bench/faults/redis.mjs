// A redis-server of our own on a free port, and a Redis Cluster: started, stopped, killed, frozen, started again.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './ports.mjs';
import { until } from './waiting.mjs';

const run = promisify(execFile);
const START_MS_MAX = 10_000;
const ANSWER_MS_MAX = 1000;

/** One command, its answer as text; for looking at a server, not for load. */
export function ask(port, ...words) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks = [];
    const give = (settle, value) => {
      socket.destroy();
      settle(value);
    };
    socket.setTimeout(ANSWER_MS_MAX, () => give(reject, new Error('Redis does not answer')));
    socket.on('error', (problem) => give(reject, problem));
    socket.on('close', () => reject(new Error('Redis closed the connection')));
    socket.on('data', (bytes) => {
      chunks.push(bytes);
      const text = Buffer.concat(chunks).toString('utf8');
      const bulk = /^\$(\d+)\r\n/.exec(text);
      if (bulk === null ? text.endsWith('\r\n') : text.length >= bulk[0].length + Number(bulk[1]) + 2)
        give(resolve, bulk === null ? text.trim() : text.slice(bulk[0].length).trim());
    });
    socket.write(`${words.join(' ')}\r\n`);
  });
}

const holds = (port, question, answer) =>
  ask(port, ...question).then(
    (text) => answer.test(text),
    () => false,
  );

export class Redis {
  #process = null;
  #exited = null;

  constructor({ port, persistent = false, config = [] }) {
    this.port = port;
    this.persistent = persistent;
    this.config = config;
    this.folder = mkdtempSync(join(tmpdir(), 'watchnchill-redis-'));
  }

  static async started(options = {}) {
    const redis = new Redis({ port: await freePort(), ...options });
    await redis.start();
    return redis;
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, with what its folder holds when it is persistent; resolves when it answers. */
  async start() {
    const log = openSync(join(this.folder, 'redis.log'), 'a');
    const keep = this.persistent ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
    const words = [
      '--port',
      String(this.port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.folder,
      '--save',
      '',
      ...keep,
      ...this.config,
    ];
    this.#process = spawn('redis-server', words, { stdio: ['ignore', log, log] });
    this.#process.on('error', () => undefined);
    this.#exited = once(this.#process, 'exit').catch(() => undefined);
    await until(() => holds(this.port, ['PING'], /^\+PONG/), START_MS_MAX, 'Redis did not start');
  }

  /** Sends that signal and, unless it only freezes or thaws, waits for the end. */
  async signal(name) {
    this.#process.kill(name);
    if (name !== 'SIGSTOP' && name !== 'SIGCONT') await this.#exited;
  }

  async close() {
    if (this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGCONT');
      await this.signal('SIGKILL');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Three masters with a replica each. */
export class RedisCluster {
  nodes = [];

  static async started(onClose) {
    const cluster = new RedisCluster();
    onClose(() => cluster.close());
    for (let n = 0; n < 6; n++) {
      const config = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '1500', '--cluster-replica-validity-factor', '0'];
      cluster.nodes.push(await Redis.started({ config }));
    }
    const addresses = cluster.nodes.map(({ port }) => `127.0.0.1:${port}`);
    await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes'], {
      timeout: 60_000,
    });
    for (const { port } of cluster.nodes) {
      await until(() => holds(port, ['CLUSTER', 'INFO'], /cluster_state:ok/), 30_000, 'the cluster did not come up');
    }
    await until(
      async () => (await cluster.#roles()).filter((role) => role === 'slave').length === 3,
      30_000,
      'there are no replicas',
    );
    return cluster;
  }

  get url() {
    return `redis+cluster://${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  }

  /** Kills a master; resolves with the moment at which the others serve its slots again. */
  async killMaster() {
    const roles = await this.#roles();
    const victim = this.nodes[roles.indexOf('master')];
    const witness = this.nodes[roles.lastIndexOf('master')];
    const masters = async () => {
      const lines = (await ask(witness.port, 'CLUSTER', 'NODES')).split('\n');
      const others = lines.filter((line) => !line.includes(`:${victim.port}@`));
      return others.filter((line) => / (myself,)?master - .* connected [\d-]+/.test(line)).length;
    };
    await victim.signal('SIGKILL');
    await until(async () => (await masters().catch(() => 0)) === 3, 30_000, 'no replica took over', 50);
    return performance.now();
  }

  async #roles() {
    const answers = await Promise.all(this.nodes.map(({ port }) => ask(port, 'INFO', 'replication')));
    return answers.map((text) => /role:(\w+)/.exec(text)?.[1]);
  }

  async close() {
    for (const node of this.nodes) await node.close();
  }
}
