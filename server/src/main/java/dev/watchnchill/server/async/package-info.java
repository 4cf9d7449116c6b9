/** Helpers for code that goes on when an answer comes, in place of waiting for it. */
@NullMarked
package dev.watchnchill.server.async;

import org.jspecify.annotations.NullMarked;
