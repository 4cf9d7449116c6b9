/**
 * As much of WebSocket, Engine.IO and Socket.IO as a client needs that counts more than it reads.
 */
@NullMarked
package dev.watchnchill.load.net;

import org.jspecify.annotations.NullMarked;
