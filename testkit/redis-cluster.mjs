// A Redis Cluster of a test's own: three masters with a replica each, one of which can be killed.
import { Redis, askRedis } from './redis.mjs';
import { runToEnd } from './process.mjs';
import { until } from './waiting.mjs';

const MASTERS = 3;
const START_MS_MAX = 30_000;
const CONFIG = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '1500', '--cluster-replica-validity-factor', '0'];

export class RedisCluster {
  nodes = [];

  /** Creates and starts a cluster. `onClose` takes what ends it, also when the start fails. */
  static async started(onClose) {
    const cluster = new RedisCluster();
    onClose(() => cluster.close());
    for (let n = 0; n < 2 * MASTERS; n++) cluster.nodes.push(await Redis.started({ config: CONFIG }));
    const words = ['--cluster', 'create', ...cluster.#addresses, '--cluster-replicas', '1', '--cluster-yes'];
    const { code, output } = await runToEnd('redis-cli', words);
    if (code !== 0) throw new Error(`no cluster: ${output}`);
    for (const { port } of cluster.nodes) {
      const isUp = async () => (await askRedis(port, 'CLUSTER', 'INFO')).includes('cluster_state:ok');
      await until('the cluster is up', isUp, { withinMs: START_MS_MAX });
    }
    const hasReplicas = async () => (await cluster.#roles()).filter((role) => role === 'slave').length === MASTERS;
    await until('each master has a replica', hasReplicas, { withinMs: START_MS_MAX });
    return cluster;
  }

  get #addresses() {
    return this.nodes.map(({ port }) => `127.0.0.1:${port}`);
  }

  get url() {
    return `redis+cluster://${this.#addresses.join(',')}`;
  }

  /** Kills a master; returns the moment at which the others serve its slots again. */
  async killMaster() {
    const roles = await this.#roles();
    const victim = this.nodes[roles.indexOf('master')];
    const other = this.nodes[roles.lastIndexOf('master')];
    const allServed = async () => {
      const lines = (await askRedis(other.port, 'CLUSTER', 'NODES')).split('\n');
      const alive = lines.filter((line) => !line.includes(`:${victim.port}@`));
      return alive.filter((line) => / (myself,)?master - .* connected [\d-]+/.test(line)).length === MASTERS;
    };
    await victim.signal('SIGKILL');
    await until('a replica has taken over', allServed, { withinMs: START_MS_MAX });
    return performance.now();
  }

  async #roles() {
    const answers = await Promise.all(this.nodes.map(({ port }) => askRedis(port, 'INFO', 'replication')));
    return answers.map((text) => /role:(\w+)/.exec(text)?.[1]);
  }

  async close() {
    for (const node of this.nodes) await node.close();
  }
}
