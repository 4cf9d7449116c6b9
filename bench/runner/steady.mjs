/** The load under which builds are compared or profiled, with its default rate in commands per second. */
export const STEADY = {
  rooms: { rate: 1000, options: { rooms: 50, members: 20, mix: 'mixed', steps: 'requested' } },
  hall: { rate: 12, options: { members: 2000, mix: 'mixed', steps: 'requested' } },
};
