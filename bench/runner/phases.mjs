// What the phases of the load generator say, as figures.
export const sum = (values) => values.reduce((total, value) => total + value, 0);
const HOUR_SECONDS = 3600;

/** Processor seconds of all servers. */
export const cpuOf = (phase) => sum(phase.cpuSeconds);

const per = (amount, count) => (count > 0 ? amount / count : null);

/** Microseconds of the servers' processor for each base event that reached a member. */
export const cpuPerDelivered = (phase) => per(cpuOf(phase) * 1e6, phase.delivered);
/** The part of it that the kernel spends: on sockets, mostly, for whatever program. */
export const kernelPerDelivered = (phase) => per((cpuOf(phase) - sum(phase.userCpuSeconds)) * 1e6, phase.delivered);
export const redisPerDelivered = (phase) => per((phase.redisCpuSeconds ?? 0) * 1e6, phase.delivered);
export const cpuPerCommand = (phase) => per(cpuOf(phase) * 1e6, phase.commands);
export const deliveredPerSecond = (phase) => per(phase.delivered, phase.seconds);
export const bytesPerDelivered = (phase) => per(phase.bytesIn, phase.delivered);

/** What one person who only watches costs in an hour. */
export function perViewerHour(phase, viewers) {
  const hours = (viewers * phase.seconds) / HOUR_SECONDS;
  return {
    cpuSeconds: per(cpuOf(phase), hours),
    megabytes: per(phase.bytesIn / 1e6, hours),
    messages: per(phase.deliveredAll, hours),
  };
}

/** What was measured of many repetitions, as lists of one number for each. */
export const each = (repetitions, number) => repetitions.map((one) => (one === null ? null : number(one)));

/**
 * With which power of the count an amount grows, between all phases but the last and all of them: 1 is in step with
 * it, 2 with its square.
 */
export function growthExponent(phases, key) {
  const total = (some, name) => sum(some.map((phase) => phase[name]));
  const before = phases.slice(0, -1);
  return Math.log(total(phases, key) / total(before, key)) / Math.log(total(phases, 'commands') / total(before, 'commands'));
}
