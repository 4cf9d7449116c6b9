// The official Socket.IO client, from the dependencies of the web client.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));

/** The path of every server of the contract. */
export const SOCKET_PATH = '/api/socket/io';

/** Returns the function `io`. It is loaded late, so that a command line can print its help before anything is installed. */
export const officialClient = () => require('socket.io-client').io;
