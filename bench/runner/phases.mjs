// Figures from the phases of the load generator.
export const sum = (values) => values.reduce((total, value) => total + value, 0);
const HOUR_SECONDS = 3600;

/** Returns the CPU seconds of all servers. */
export const cpuOf = (phase) => sum(phase.cpuSeconds);

const per = (amount, count) => (count > 0 ? amount / count : null);

/** Returns the servers' CPU time for each base event that reached a member, µs. */
export const cpuPerDelivered = (phase) => per(cpuOf(phase) * 1e6, phase.delivered);
/** Returns the kernel's part of it, µs, which is mostly work on sockets. */
export const kernelPerDelivered = (phase) => per((cpuOf(phase) - sum(phase.userCpuSeconds)) * 1e6, phase.delivered);
export const redisPerDelivered = (phase) => per((phase.redisCpuSeconds ?? 0) * 1e6, phase.delivered);
export const cpuPerCommand = (phase) => per(cpuOf(phase) * 1e6, phase.commands);
export const deliveredPerSecond = (phase) => per(phase.delivered, phase.seconds);
export const bytesPerDelivered = (phase) => per(phase.bytesIn, phase.delivered);

const perMember = (amount, phase, members) => per(amount, members * phase.seconds);

/** Returns the servers' CPU time for each member and second, µs. */
export const cpuPerMember = (phase, members) => perMember(cpuOf(phase) * 1e6, phase, members);
export const kernelPerMember = (phase, members) => perMember((cpuOf(phase) - sum(phase.userCpuSeconds)) * 1e6, phase, members);
export const bytesPerMember = (phase, members) => perMember(phase.bytesIn, phase, members);
export const eventsPerMember = (phase, members) => perMember(phase.deliveredAll, phase, members);

/** Returns the cost of one member who only watches for an hour. */
export function perViewerHour(phase, viewers) {
  const hours = (viewers * phase.seconds) / HOUR_SECONDS;
  return {
    cpuSeconds: per(cpuOf(phase), hours),
    megabytes: per(phase.bytesIn / 1e6, hours),
    messages: per(phase.deliveredAll, hours),
  };
}

/** Returns one number of each repetition, null where it failed. */
export const each = (repetitions, number) => repetitions.map((one) => (one === null ? null : number(one)));

/**
 * Returns the exponent with which an amount grows with the number of commands, between all phases but the last and all of them:
 * 1 is linear, 2 is quadratic.
 */
export function growthExponent(phases, key) {
  const total = (some, name) => sum(some.map((phase) => phase[name]));
  const before = phases.slice(0, -1);
  return Math.log(total(phases, key) / total(before, key)) / Math.log(total(phases, 'commands') / total(before, 'commands'));
}
