/**
 * Socket.IO 5: namespaces, sockets, rooms and acknowledgements.
 *
 * <p>Start at {@link dev.watchnchill.socketio.SocketIoServer}. This package depends on {@code
 * packet}, {@code engine}, {@code http} and {@code limit}; none of them depends on it.
 */
@NullMarked
package dev.watchnchill.socketio;

import org.jspecify.annotations.NullMarked;
