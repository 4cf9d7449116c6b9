/**
 * Engine.IO 4: sessions over HTTP long-polling and websocket.
 *
 * <ul>
 *   <li>A connection: {@link dev.watchnchill.socketio.engine.ConnectionAcceptor} accepts it, {@link
 *       dev.watchnchill.socketio.engine.EngineHttpHandler} reads its requests, and {@link
 *       dev.watchnchill.socketio.engine.EngineRequestRouter} decides what each request is.
 *   <li>A session: {@link dev.watchnchill.socketio.engine.EngineSession} sends and receives through
 *       a {@link dev.watchnchill.socketio.engine.PollingTransport} or a {@link
 *       dev.watchnchill.socketio.engine.WebSocketTransport}.
 *   <li>An event loop: {@link dev.watchnchill.socketio.engine.EventLoopContext} holds the mailbox
 *       and the deadlines of all sessions that are confined to it.
 * </ul>
 *
 * <p>Every session belongs to one event loop. Other threads reach it through the mailbox, in order.
 * This package does not know Socket.IO packets.
 */
@NullMarked
package dev.watchnchill.socketio.engine;

import org.jspecify.annotations.NullMarked;
