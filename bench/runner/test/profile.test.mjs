import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOf, shares } from '../profile.mjs';

const SCRIPT = `socketio-1-1
\tffffffff81a0 finish_task_switch.isra.0 ([kernel.kallsyms])
\tffffffff81a1 __x64_sys_epoll_pwait2 ([kernel.kallsyms])
\t7f64d805a4b0 long io.netty.channel.epoll.Native.epollWait0(int, long, int) (/tmp/perf-1.map)

socketio-1-1
\tffffffff81a2 tcp_ack+0x1f ([kernel.kallsyms])
\tffffffff81a3 __x64_sys_sendto ([kernel.kallsyms])

socketio-1-1
\t7f64d805a4b1 dev.watchnchill.party.Decision dev.watchnchill.party.chat.ChatRules.send(dev.watchnchill.party.Room, long) (/tmp/perf-1.map)
\t7f64d805a4b2 io.netty.channel.ChannelPipeline io.netty.channel.DefaultChannelPipeline.fireChannelRead(java.lang.Object) (/tmp/perf-1.map)

C2 CompilerThre
\t          e75b16 PhaseChaitin::Split (/opt/java/lib/server/libjvm.so)
`;

test('a sample belongs to the running part, in the kernel to the system call', () => {
  assert.deepEqual(Object.fromEntries(shares(SCRIPT)), {
    'the kernel: waiting for sockets': 0.25,
    'the kernel: writing to a socket': 0.25,
    'ours: the rules (party)': 0.25,
    'the JIT compilers': 0.25,
  });
});

test('the innermost method counts, not its callers', () => {
  const frame = (symbol, dso = '/tmp/perf-1.map') => ({ symbol, dso });
  assert.equal(partOf('socketio-1-1', [frame('int io.netty.buffer.ByteBuf.a(dev.watchnchill.x.Y)')]), 'Netty');
  assert.equal(
    partOf('socketio-1-1', [frame('byte[] dev.watchnchill.server.store.codec.Json.write(java.x.Y)')]),
    'ours: the store',
  );
  assert.equal(partOf('socketio-1-1', [frame('clock_gettime', '[vdso]')]), 'other native code');
  assert.equal(partOf('socketio-1-1', []), 'unknown');
});
