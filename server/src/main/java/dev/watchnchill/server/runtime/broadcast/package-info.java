/** Everything that a live room sends to its members: events, presence, state and resyncs. */
@NullMarked
package dev.watchnchill.server.runtime.broadcast;

import org.jspecify.annotations.NullMarked;
