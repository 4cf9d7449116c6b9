/**
 * HTTP: the interfaces by which an application takes part in requests (handler, gate, origins,
 * headers), and the parsing of requests. No sessions and no I/O.
 */
@NullMarked
package dev.watchnchill.socketio.http;

import org.jspecify.annotations.NullMarked;
