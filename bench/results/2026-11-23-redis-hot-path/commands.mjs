// usage: node mini.mjs ROOMS MEMBERS RATE SECONDS WARMUP REPS MIX name=libdir[,store] ...
import net from 'node:net';
import fs from 'node:fs';
import { spawn, execFileSync } from 'node:child_process';
const [rooms, members, rate, seconds, warmup, reps] = process.argv.slice(2, 8).map(Number);
const mix = process.argv[8];
const variants = process.argv.slice(9).map((v) => {
  const name = v.slice(0, v.indexOf('=')),
    rest = v.slice(v.indexOf('=') + 1);
  const [lib, store = 'redis', n = '1', opts = ''] = rest.split(',');
  return { name, lib, store, n: +n, opts };
});
const pause = (ms) => new Promise((r) => setTimeout(r, ms));
const TICK = 100;
const globalRate = rate;
function cpu(pid) {
  if (process.env.NODE_TICKS !== '1') {
    let run = 0;
    for (const t of fs.readdirSync(`/proc/${pid}/task`)) {
      try {
        run += +fs.readFileSync(`/proc/${pid}/task/${t}/schedstat`, 'utf8').split(' ')[0];
      } catch {}
    }
    return { u: run / 1e9, s: 0 };
  }
  const s = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const f = s.slice(s.lastIndexOf(')') + 2).split(' ');
  return { u: +f[11] / TICK, s: +f[12] / TICK };
}
function switches(pid) {
  let n = 0;
  for (const t of fs.readdirSync(`/proc/${pid}/task`)) {
    try {
      const s = fs.readFileSync(`/proc/${pid}/task/${t}/status`, 'utf8');
      n += +/^voluntary_ctxt_switches:\s+(\d+)/m.exec(s)[1];
    } catch {}
  }
  return n;
}
function perThread(pid) {
  const m = {};
  for (const t of fs.readdirSync(`/proc/${pid}/task`)) {
    try {
      const s = fs.readFileSync(`/proc/${pid}/task/${t}/stat`, 'utf8');
      const name = s
        .slice(s.indexOf('(') + 1, s.lastIndexOf(')'))
        .replace(/[-\s#]*\d+(-\d+)?$/, '')
        .replace(/(Poo|Pool-).*/, 'Pool');
      m[name] = (m[name] || 0) + +fs.readFileSync(`/proc/${pid}/task/${t}/schedstat`, 'utf8').split(' ')[0] / 1e9;
    } catch {}
  }
  return m;
}
function frame(text) {
  const b = Buffer.from(text);
  const h =
    b.length < 126
      ? Buffer.from([0x81, 0x80 | b.length, 0, 0, 0, 0])
      : Buffer.from([0x81, 0xfe, b.length >> 8, b.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([h, b]);
}
class C {
  constructor(port) {
    this.n = 0;
    this.buf = '';
    this.wait = null;
    this.ready = new Promise((ok, no) => {
      this.s = net.connect(port, '127.0.0.1');
      this.s.setNoDelay(true);
      this.s.on('error', no);
      this.s.write(
        'GET /api/socket/io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      );
      this.s.on('data', (d) => this.data(d.toString('latin1'), ok));
    });
  }
  data(t, ok) {
    if (this.live) {
      let i = -1;
      while ((i = t.indexOf('42["', i + 1)) >= 0) {
        const c = t.substr(i + 4, 12);
        if (c.startsWith('new-message') || c.startsWith('video-') || c.startsWith('user-') || c.startsWith('sync-update'))
          this.n++;
      }
      if (t.length < 6 && t.includes('2')) this.s.write(frame('3'));
      if (t.includes('42["error"') || t.includes('room-error')) C.errors++;
      return;
    }
    this.buf += t;
    if (this.buf.includes('0{"sid"') && !this.sent) {
      this.sent = true;
      this.s.write(frame('40'));
    }
    if (this.buf.includes('40{"sid"')) ok();
    if (this.wait && this.buf.includes(this.wait[0])) {
      const w = this.wait;
      this.wait = null;
      w[1](this.buf);
    }
  }
  expect(x) {
    return new Promise((r) => {
      if (this.buf.includes(x)) r(this.buf);
      else this.wait = [x, r];
    });
  }
  send(ev, p) {
    this.s.write(frame('42' + JSON.stringify([ev, p])));
  }
}
C.errors = 0;
async function one(v, vi) {
  const redisPort = 17390 + vi;
  let redis;
  if (v.store === 'redis') {
    redis = spawn('redis-server', ['--port', redisPort, '--save', '', '--appendonly', 'no', '--daemonize', 'no'], {
      stdio: 'ignore',
    });
    await pause(300);
  }
  const servers = [];
  for (let i = 0; i < v.n; i++) {
    const port = 17300 + vi * 10 + i;
    const s = spawn(
      `${process.env.JAVA_HOME}/bin/java`,
      [
        '-XX:+UseCompactObjectHeaders',
        '--enable-native-access=ALL-UNNAMED',
        ...(v.opts ? v.opts.split(' ') : []),
        ...(process.env.JFR ? [`-XX:StartFlightRecording=filename=${process.env.JFR},settings=profile`] : []),
        '-cp',
        `${v.lib}/*`,
        'dev.watchnchill.server.app.Main',
        '-p',
        port,
        ...(redis ? ['--redis', `redis://127.0.0.1:${redisPort}`] : []),
      ],
      {
        stdio: process.env.VERBOSE ? 'inherit' : 'ignore',
        env: { ...process.env, EVENT_RATE_SCALE: '10000', RATE_LIMIT_SOCKET_MAX_PER_IP: '100000' },
      },
    );
    s.port = port;
    servers.push(s);
    for (;;) {
      try {
        await new Promise((ok, no) => {
          const c = net.connect(port, '127.0.0.1', () => {
            c.end();
            ok();
          });
          c.on('error', no);
        });
        break;
      } catch {
        await pause(100);
      }
    }
  }
  await pause(500);
  const all = [];
  const hosts = [];
  let at = 0;
  for (let r = 0; r < rooms; r++) {
    const h = new C(servers[at++ % v.n].port);
    await h.ready;
    h.send('create-room', { hostName: 'Host' });
    const b = await h.expect('room-joined');
    const id = /"roomId":"([A-Z0-9]{6})"/.exec(b)[1];
    h.id = id;
    h.live = true;
    h.send('set-video', { roomId: id, videoUrl: 'https://films.example/long.mp4' });
    const ms = [h];
    for (let m = 1; m < members; m++) {
      const c = new C(servers[at++ % v.n].port);
      await c.ready;
      c.send('join-room', { roomId: id, userName: 'M' + m });
      await c.expect('room-joined');
      c.id = id;
      c.live = true;
      ms.push(c);
    }
    all.push(...ms);
    hosts.push(ms);
  }
  const kinds =
    mix === 'chat'
      ? ['c']
      : mix === 'control'
        ? ['play', 'seek', 'pause', 'seek']
        : ['c', 'play', 'c', 'seek', 'c', 'pause', 'c', 'seek'];
  let k = 0,
    sentN = 0;
  const fire = () => {
    const room = hosts[k % rooms];
    const kind = kinds[Math.floor(k / rooms) % kinds.length];
    const c = kind === 'c' ? room[Math.floor(k / rooms) % room.length] : room[0];
    k++;
    sentN++;
    kind === 'c'
      ? c.send('send-message', { roomId: c.id, message: 'hello everybody, this is message number ' + k })
      : c.send(kind + '-video', { roomId: c.id, currentTime: (k % 1000) + 0.5 });
  };
  const drive = async (s, rate = globalRate) => {
    const t0 = performance.now();
    let done = 0;
    const total = Math.round(s * rate);
    while (done < total) {
      const due = Math.min(total, Math.floor(((performance.now() - t0) * rate) / 1000));
      while (done < due) {
        fire();
        done++;
      }
      await pause(2);
    }
  };
  await drive(warmup, +(process.env.WARMRATE || 1500));
  await pause(500);
  return { measure, stop };
  async function measure(rep) {
    const pids = servers.map((s) => s.pid);
    const c0 = pids.map(cpu),
      w0 = pids.map(switches),
      r0 = redis ? cpu(redis.pid) : { u: 0, s: 0 };
    const n0 = all.reduce((a, c) => a + c.n, 0),
      s0 = sentN;
    const e0 = C.errors;
    const th0 = perThread(pids[0]);
    let evalsha0 = 0;
    const stats = () => (redis ? execFileSync('redis-cli', ['-p', redisPort, 'info', 'commandstats']).toString() : '');
    const st0 = stats();
    if (process.env.STRACE && rep === 0) {
    }
    let perf;
    if (process.env.PERF && rep === 0) {
      execFileSync(`${process.env.JAVA_HOME}/bin/jcmd`, [String(pids[0]), 'Compiler.perfmap']);
      perf = spawn('perf', ['record', '-F', '2000', '-g', '-o', process.env.PERF, '-p', String(pids[0])], { stdio: 'ignore' });
    }
    await drive(seconds);
    await pause(500);
    if (perf) {
      process.kill(perf.pid, 'SIGINT');
      await new Promise((r) => perf.once('exit', r));
    }
    const n = all.reduce((a, c) => a + c.n, 0) - n0,
      s = sentN - s0;
    const c1 = pids.map(cpu),
      w1 = pids.map(switches),
      r1 = redis ? cpu(redis.pid) : { u: 0, s: 0 };
    const th1 = perThread(pids[0]);
    const user = c1.reduce((a, c, i) => a + c.u - c0[i].u, 0),
      sys = c1.reduce((a, c, i) => a + c.s - c0[i].s, 0);
    const comp = (t) =>
      Object.entries(t)
        .filter(([k]) => k.includes('Compiler'))
        .reduce((a, [, v]) => a + v, 0);
    const jit = comp(th1) - comp(th0);
    const out = {
      name: v.name,
      rep,
      commands: s,
      delivered: n,
      usPerCommand: +(((user + sys) / s) * 1e6).toFixed(1),
      user: +((user / s) * 1e6).toFixed(1),
      sys: +((sys / s) * 1e6).toFixed(1),
      noJit: +(((user + sys - jit) / s) * 1e6).toFixed(1),
      usPerDelivered: +(((user + sys - jit) / n) * 1e6).toFixed(2),
      switchesPerCommand: +(w1.reduce((a, b, i) => a + b - w0[i], 0) / s).toFixed(2),
      redisUsPerCommand: +(((r1.u + r1.s - r0.u - r0.s) / s) * 1e6).toFixed(1),
      errors: C.errors - e0,
    };
    const th = Object.fromEntries(
      Object.entries(th1)
        .map(([k2, v2]) => [k2, +(((v2 - (th0[k2] || 0)) / s) * 1e6).toFixed(1)])
        .filter(([, x]) => x >= 1)
        .sort((a, b) => b[1] - a[1]),
    );
    if (rep === 0) out.threads = th;
    {
      if (redis) {
        const p = (t) =>
          Object.fromEntries([...t.matchAll(/cmdstat_([^:]+):calls=(\d+),usec=(\d+)/g)].map((m) => [m[1], [+m[2], +m[3]]]));
        const a = p(st0),
          b = p(stats());
        out.scripts = +(((b.evalsha?.[0] ?? 0) - (a.evalsha?.[0] ?? 0)) / s).toFixed(3);
        if (rep === 0)
          out.redis = Object.fromEntries(
            Object.entries(b)
              .map(([k2, [c, us]]) => [
                k2,
                [+((c - (a[k2]?.[0] || 0)) / s).toFixed(2), +((us - (a[k2]?.[1] || 0)) / s).toFixed(1)],
              ])
              .filter(([, x]) => x[0] >= 0.05),
          );
      }
    }
    if (process.env.LONG || rep === 0) console.log(JSON.stringify(out));
    return out;
  }
  async function stop() {
    for (const c of all) c.s.destroy();
    for (const sv of servers) {
      sv.kill('SIGTERM');
      await new Promise((r) => sv.once('exit', r));
    }
    if (redis) {
      redis.kill('SIGTERM');
      await new Promise((r) => redis.once('exit', r));
    }
  }
}
const results = [];
const up = [];
for (const [i, v] of variants.entries()) up.push(await one(v, i));
for (let rep = 0; rep < reps; rep++) for (const u of up) results.push(await u.measure(rep));
for (const u of up) await u.stop();
const med = (a) => a.sort((x, y) => x - y)[a.length >> 1];
for (const v of variants) {
  const o = results.filter((r) => r.name === v.name);
  console.log(
    JSON.stringify({
      MEDIAN: v.name,
      noJit: med(o.map((x) => x.noJit)),
      usPerCommand: med(o.map((x) => x.usPerCommand)),
      usPerDelivered: med(o.map((x) => x.usPerDelivered)),
      switches: med(o.map((x) => x.switchesPerCommand)),
      redis: med(o.map((x) => x.redisUsPerCommand)),
      scripts: med(o.map((x) => x.scripts ?? 0)),
      spread: [Math.min(...o.map((x) => x.noJit)), Math.max(...o.map((x) => x.noJit))],
    }),
  );
}
process.exit(0);
