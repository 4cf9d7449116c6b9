/** Limits of what one client address may do, their in-memory forms, and hashes of addresses. */
@NullMarked
package dev.watchnchill.server.limit;

import org.jspecify.annotations.NullMarked;
