// All scenarios, in the order in which they are measured.
import { growth } from './growth.mjs';
import { hall } from './hall.mjs';
import { idle } from './idle.mjs';
import { many } from './many.mjs';
import { rooms } from './rooms.mjs';
import { start } from './start.mjs';
import { storm } from './storm.mjs';
import { talk } from './talk.mjs';
import { watch } from './watch.mjs';

export const SCENARIOS = { start, rooms, hall, growth, idle, storm, many, watch, talk };
