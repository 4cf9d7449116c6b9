/** The estimated memory of live rooms, and its bound. */
@NullMarked
package dev.watchnchill.server.runtime.memory;

import org.jspecify.annotations.NullMarked;
