// The shipped files, checked by the programs that read them.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runToEnd } from '../../testkit/process.mjs';
import { deploy, folder } from './support/parts.mjs';

const text = (...path) => readFileSync(join(deploy, ...path), 'utf8');

async function passes(command, ...args) {
  const { code, output } = await runToEnd(command, args);
  assert.equal(code, 0, output);
  return output;
}

/** All documents of a YAML file. */
async function yaml(...path) {
  const reader = 'import json,sys,yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1]))), default=str))';
  return JSON.parse(await passes('/usr/bin/python3', '-c', reader, join(deploy, ...path)));
}

test('nginx accepts the shipped files, and those of compose.yaml', async (t) => {
  const place = folder(t);
  await passes('nginx', '-t', '-q', '-p', place, '-c', join(deploy, 'nginx', 'nginx.conf'));
  // Below a path of another site, with the files beside each other.
  const site = folder(t);
  cpSync(join(deploy, 'nginx'), site, { recursive: true });
  const below = text('nginx', 'nginx.conf').replace(
    'include watchnchill.conf;',
    'server { listen 8080; include below-a-path.conf; }',
  );
  writeFileSync(join(site, 'nginx.conf'), below);
  await passes('nginx', '-t', '-q', '-p', place, '-c', join(site, 'nginx.conf'));
  const compose = folder(t);
  cpSync(join(deploy, 'nginx'), compose, { recursive: true });
  cpSync(join(deploy, 'docker', 'servers.conf'), join(compose, 'servers.conf'));
  await passes('nginx', '-t', '-q', '-p', place, '-c', join(compose, 'nginx.conf'));
});

test('HAProxy accepts the shipped file without a warning', async () => {
  await passes('haproxy', '-c', '-q', '-dW', '-f', join(deploy, 'haproxy', 'haproxy.cfg'));
});

test('systemd accepts the unit, and finds it well sandboxed', async (t) => {
  const place = folder(t);
  const unit = join(place, 'watchnchill@.service');
  // The program itself is not on this machine.
  writeFileSync(unit, text('systemd', 'watchnchill@.service').replace('/opt/watchnchill/start', '/bin/true'));
  const said = await passes('systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', unit);
  assert.equal(said, '');
  const settings = text('systemd', 'watchnchill@.service');
  const [, cache] = /^CacheDirectory=(\S+)$/m.exec(settings);
  assert.match(settings, new RegExp(`^Environment=.* MEDIA_CACHE=/var/cache/${cache}$`, 'm'));
  await passes('systemd-analyze', 'security', '--offline=yes', '--threshold=20', '--no-pager', unit);
});

test('compose.yaml: addresses agree, only nginx is trusted, file systems are read-only and no process is root', async () => {
  const [{ services, networks }] = await yaml('compose.yaml');
  const servers = Object.entries(services).filter(([name]) => name.startsWith('server'));
  assert.equal(servers.length, 3);
  const addresses = servers.map(([, server]) => server.networks.inside.ipv4_address);
  const listed = [...text('docker', 'servers.conf').matchAll(/^server ([\d.]+):3000 /gm)].map((found) => found[1]);
  assert.deepEqual(listed, addresses);
  for (const [, server] of servers) {
    assert.equal(server.environment.TRUSTED_PROXIES, `${services.nginx.networks.inside.ipv4_address}/32`);
    assert.equal(server.environment.REDIS_URL, `redis://${services.redis.networks.inside.ipv4_address}:6379`);
    assert.equal(server.environment.NODE_ENV, 'production');
    assert.equal(server.stop_grace_period, '15s');
    // Films cannot be written, and what is made of them is not in memory.
    assert.deepEqual(server.volumes, ['${FILMS:-films}:/films:ro', '/cache']);
    assert.equal(server.environment.MEDIA_DIR, '${FILMS:+/films}');
    assert.equal(server.environment.MEDIA_CACHE, '/cache');
  }
  assert.match(text('docker', 'Dockerfile'), /^RUN install -d -o 10001 -g 10001 -m 700 \/cache$/m);
  const [{ subnet }] = networks.inside.ipam.config;
  for (const service of Object.values(services)) {
    assert.equal(service.read_only, true);
    assert.deepEqual(service.cap_drop, ['ALL']);
    assert.ok(service.restart && service.healthcheck);
    assert.ok(service.networks.inside.ipv4_address.startsWith(subnet.replace('0/24', '')));
  }
  assert.match(text('docker', 'Dockerfile'), /^USER 10001:10001$/m);
});

test('kubernetes: every file is listed, selectors find their pods, probes request paths that exist', async () => {
  const [kustomization] = await yaml('kubernetes', 'kustomization.yaml');
  const all = (await Promise.all(kustomization.resources.map((file) => yaml('kubernetes', file)))).flat();
  const of = (kind, name) => all.find((one) => one.kind === kind && one.metadata.name === name) ?? assert.fail(`${kind} ${name}`);
  const pod = of('Deployment', 'watchnchill').spec.template;
  const [server] = pod.spec.containers;
  const labels = pod.metadata.labels;
  assert.deepEqual(of('Deployment', 'watchnchill').spec.selector.matchLabels, labels);
  assert.deepEqual(of('Service', 'watchnchill').spec.selector, labels);
  assert.deepEqual(of('PodDisruptionBudget', 'watchnchill').spec.selector.matchLabels, labels);
  assert.deepEqual(of('NetworkPolicy', 'redis').spec.ingress[0].from[0].podSelector.matchLabels, labels);
  assert.equal(server.livenessProbe.httpGet.path, '/health');
  assert.equal(server.readinessProbe.httpGet.path, '/health/ready');
  assert.ok(pod.spec.terminationGracePeriodSeconds >= 5 + 10);
  const redis = of('StatefulSet', 'redis').spec.template;
  assert.deepEqual(of('Service', 'redis').spec.selector, redis.metadata.labels);
  for (const { spec } of [pod, redis]) {
    assert.equal(spec.securityContext.runAsNonRoot, true);
    assert.equal(spec.containers[0].securityContext.readOnlyRootFilesystem, true);
  }
  const policy = of('NetworkPolicy', 'watchnchill').spec;
  assert.deepEqual(policy.podSelector.matchLabels, labels);
  assert.deepEqual(policy.policyTypes, ['Ingress', 'Egress']);
  const isInternet = ({ ipBlock }, { port }) => ipBlock?.except.length > 0 && port === 443;
  for (const rule of [...policy.ingress, ...policy.egress]) {
    assert.ok(rule.ports.length > 0);
    for (const peer of rule.from ?? rule.to)
      assert.ok(
        peer.podSelector || (rule.from === undefined && rule.ports.every((port) => isInternet(peer, port))),
        'a rule names pods, not all of them, or a port of the internet without the private networks',
      );
  }
  const { configMapGenerator } = kustomization;
  const trusted = configMapGenerator[0].literals.find((line) => line.startsWith('TRUSTED_PROXIES='));
  for (const network of trusted.split('=')[1].split(',')) {
    assert.ok(Number(network.split('/')[1]) >= 28, `${network} is more than a few proxies`);
  }
  assert.equal(configMapGenerator[0].name, server.envFrom[0].configMapRef.name);
});
