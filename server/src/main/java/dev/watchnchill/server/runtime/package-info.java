/** Handles the events of clients: finds the live room, lets clients in, runs their commands. */
@NullMarked
package dev.watchnchill.server.runtime;

import org.jspecify.annotations.NullMarked;
