/** Helpers for asynchronous code. */
@NullMarked
package dev.watchnchill.server.async;

import org.jspecify.annotations.NullMarked;
