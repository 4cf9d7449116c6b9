// All scenarios, in the order in which they are measured.
import { hall } from './hall.mjs';
import { many } from './many.mjs';
import { rooms } from './rooms.mjs';
import { start } from './start.mjs';

export const SCENARIOS = { start, rooms, hall, many };
