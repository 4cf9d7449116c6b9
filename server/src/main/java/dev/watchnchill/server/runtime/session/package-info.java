/** Connected clients: their order of events, their limits and their seats. */
@NullMarked
package dev.watchnchill.server.runtime.session;

import org.jspecify.annotations.NullMarked;
