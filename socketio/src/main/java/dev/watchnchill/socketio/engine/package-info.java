/**
 * The Engine.IO 4 transports: HTTP long-polling and websocket on one port, and the way from the
 * first to the second.
 *
 * <p>A session lives on one event loop, its {@link dev.watchnchill.socketio.engine.Lane}. Whatever
 * another thread wants of it goes through that lane's mailbox, in order. Nothing here knows
 * Socket.IO packets.
 */
@NullMarked
package dev.watchnchill.socketio.engine;

import org.jspecify.annotations.NullMarked;
