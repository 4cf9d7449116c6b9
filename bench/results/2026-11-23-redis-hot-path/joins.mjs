import net from 'node:net';
import fs from 'node:fs';
import { spawn, execFileSync } from 'node:child_process';
const pause = (ms) => new Promise((r) => setTimeout(r, ms));
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
    this.buf = '';
    this.ready = new Promise((ok, no) => {
      this.s = net.connect(port, '127.0.0.1');
      this.s.on('error', no);
      this.s.write(
        'GET /api/socket/io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      );
      this.s.on('data', (d) => {
        if (this.live) {
          if (d.length < 6) this.s.write(frame('3'));
          return;
        }
        this.buf += d.toString('latin1');
        if (this.buf.includes('0{"sid"') && !this.sent) {
          this.sent = true;
          this.s.write(frame('40'));
        }
        if (this.buf.includes('40{"sid"')) ok();
        if (this.w && this.buf.includes(this.w[0])) {
          this.live = true;
          const w = this.w;
          this.w = null;
          w[1](this.buf);
          this.buf = '';
        }
      });
    });
  }
  expect(x) {
    return new Promise((r) => {
      this.w = [x, r];
    });
  }
  send(e, p) {
    this.s.write(frame('42' + JSON.stringify([e, p])));
  }
}
const JAVA = `${process.env.JAVA_HOME}/bin/java`;
const run = (pid) => {
  let n = 0;
  for (const t of fs.readdirSync(`/proc/${pid}/task`))
    n += +fs.readFileSync(`/proc/${pid}/task/${t}/schedstat`, 'utf8').split(' ')[0];
  return n / 1e3;
};
const vs = process.argv.slice(3).map((v) => v.split('='));
const reps = +process.argv[2];
for (let rep = 0; rep < reps; rep++)
  for (const [vi, [name, lib]] of vs.entries()) {
    const rp = 17450 + vi;
    const redis = spawn('redis-server', ['--port', rp, '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
    await pause(300);
    // Two servers: people come to the first, one person is on the second.
    const sv = [];
    for (let i = 0; i < 2; i++) {
      sv.push(
        spawn(
          JAVA,
          [
            '-XX:+UseCompactObjectHeaders',
            '-cp',
            `${lib}/*`,
            'dev.watchnchill.server.app.Main',
            '-p',
            17440 + 2 * vi + i,
            '--redis',
            `redis://127.0.0.1:${rp}`,
          ],
          { stdio: 'ignore', env: { ...process.env, EVENT_RATE_SCALE: '10000', RATE_LIMIT_SOCKET_MAX_PER_IP: '100000' } },
        ),
      );
      for (;;) {
        try {
          await new Promise((ok, no) => {
            const c = net.connect(17440 + 2 * vi + i, '127.0.0.1', () => {
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
    const cli = (...a) => execFileSync('redis-cli', ['-p', rp, ...a]).toString();
    const stat = () => {
      const t = cli('info', 'stats') + cli('info', 'commandstats');
      const g = (r) => +(r.exec(t)?.[1] ?? 0);
      return {
        in: g(/total_net_input_bytes:(\d+)/),
        out: g(/total_net_output_bytes:(\d+)/),
        n: g(/cmdstat_evalsha:calls=(\d+)/),
        us: g(/cmdstat_evalsha:calls=\d+,usec=(\d+)/),
      };
    };
    await pause(500);
    const cs = [];
    const h = new C(17440 + 2 * vi);
    await h.ready;
    h.send('create-room', { hostName: 'Host' });
    const id = /"roomId":"([A-Z0-9]{6})"/.exec(await h.expect('room-joined'))[1];
    cs.push(h);
    const join = async (port, n) => {
      const c = new C(port);
      await c.ready;
      const j = c.expect('room-joined');
      c.send('join-room', { roomId: id, userName: 'P' + n });
      await j;
      cs.push(c);
    };
    await join(17440 + 2 * vi + 1, 'Other');
    let size = 2;
    for (const target of [100, 1000, 2000]) {
      while (size < target - 50) {
        const batch = [];
        for (let i = 0; i < 25; i++) batch.push(join(17440 + 2 * vi, size++));
        await Promise.all(batch);
      }
      await pause(1500);
      const a = stat(),
        r0 = run(sv[1].pid);
      const from = size;
      for (let i = 0; i < 50; i++) await join(17440 + 2 * vi, size++);
      await pause(500);
      const b = stat(),
        r1 = run(sv[1].pid);
      const k = size - from;
      console.log(
        JSON.stringify({
          name,
          rep,
          room: size,
          redisBytesInPerJoin: Math.round((b.in - a.in) / k),
          redisBytesOutPerJoin: Math.round((b.out - a.out) / k),
          scriptUsPerJoin: +((b.us - a.us) / k).toFixed(1),
          otherServerUsPerJoin: Math.round((r1 - r0) / k),
        }),
      );
    }
    for (const c of cs) c.s.destroy();
    for (const s of sv) {
      s.kill('SIGKILL');
    }
    redis.kill('SIGKILL');
    await pause(300);
  }
process.exit(0);
