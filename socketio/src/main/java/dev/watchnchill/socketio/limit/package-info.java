/** Limits of connections, rates and memory, and the counters behind them. No I/O. */
@NullMarked
package dev.watchnchill.socketio.limit;

import org.jspecify.annotations.NullMarked;
