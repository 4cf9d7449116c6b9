// The time from the start of the process to the first answer of GET /health, with and without the AOT cache; memory after that.
import { pause } from '../../../testkit/waiting.mjs';
import { compared } from '../bench.mjs';
import { atMost } from '../targets.mjs';

const SETTLE_MS = 3000;
const AOT = /^-(XX:AOT|Xlog:aot)/;

/** Returns the program without its AOT cache. */
export const withoutAot = (program) => program.filter((word) => !AOT.test(word));

export const start = {
  description: 'cold start to the first answer, with and without the AOT cache; memory after the start',
  stores: ['memory'],
  minutes: 1,
  async run(bench) {
    const plain = withoutAot(bench.program);
    const cached = plain.length < bench.program.length;
    if (!cached) bench.note('the command line of our server has no AOT cache');
    const names = [...(cached ? ['ours'] : []), 'ours without AOT', 'peer'];
    const results = await bench.interleaved(
      'start',
      async (name, label) => {
        const side = name === 'peer' ? 'peer' : 'ours';
        const server = bench.server(side, { program: name === 'ours without AOT' ? plain : undefined });
        const firstAnswerMs = await server.start();
        const firstAnswerCpuMs = server.cpuMs();
        const rightAfterKb = server.residentKb();
        await pause(bench.pick(SETTLE_MS, 500));
        const result = { firstAnswerMs, firstAnswerCpuMs, rightAfterKb, settledKb: server.residentKb() };
        bench.raw.push({ label, result });
        await server.stop();
        return result;
      },
      names,
    );
    return names.slice(0, -1).flatMap((name) => {
      const how = name === 'ours' ? 'with AOT cache' : 'without AOT cache';
      const target = name === 'ours' ? atMost('ours', 500) : undefined;
      return compared({ ours: results[name], peer: results.peer }, [
        { figure: `start to first answer, ${how}`, unit: 'ms', of: ({ firstAnswerMs }) => firstAnswerMs, target },
        { figure: `CPU until the first answer, ${how}`, unit: 'ms', of: ({ firstAnswerCpuMs }) => firstAnswerCpuMs },
        { figure: `resident memory 3 s after the start, ${how}`, unit: 'MB', of: ({ settledKb }) => settledKb / 1024 },
      ]);
    });
  },
};
