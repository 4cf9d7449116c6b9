/** What people do while builds are compared or looked into, and how many commands a second they give if not told otherwise. */
export const STEADY = {
  rooms: { rate: 1000, options: { rooms: 50, members: 20, mix: 'mixed', steps: 'told' } },
  hall: { rate: 12, options: { members: 2000, mix: 'mixed', steps: 'told' } },
};
