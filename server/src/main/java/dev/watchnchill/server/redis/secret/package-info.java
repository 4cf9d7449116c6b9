/** Secrets that all instances on one Redis share. */
@NullMarked
package dev.watchnchill.server.redis.secret;

import org.jspecify.annotations.NullMarked;
