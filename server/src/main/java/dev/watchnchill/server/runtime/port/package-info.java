/** The interfaces through which the runtime uses the rest of the server. */
@NullMarked
package dev.watchnchill.server.runtime.port;

import org.jspecify.annotations.NullMarked;
