/** Limits that all instances of a store count together; during an outage each counts alone. */
@NullMarked
package dev.watchnchill.server.redis.limit;

import org.jspecify.annotations.NullMarked;
