/**
 * A Socket.IO 5 server: namespaces, sockets, rooms and acknowledgements over the Engine.IO 4
 * transports of {@link dev.watchnchill.socketio.engine}.
 *
 * <p>Start at {@link dev.watchnchill.socketio.SocketIoServer}.
 */
@NullMarked
package dev.watchnchill.socketio;

import org.jspecify.annotations.NullMarked;
