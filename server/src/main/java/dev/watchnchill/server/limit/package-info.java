/** Limits of what one client address may do, and their in-memory forms. */
@NullMarked
package dev.watchnchill.server.limit;

import org.jspecify.annotations.NullMarked;
