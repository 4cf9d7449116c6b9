// A Redis Cluster of our own, one of whose masters can be killed.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Redis, ask, holds } from './redis.mjs';
import { until } from './waiting.mjs';

const run = promisify(execFile);

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
