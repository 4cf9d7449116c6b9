/** The connection to a Redis or a Redis Cluster: commands, scripts, channels and outages. */
@NullMarked
package dev.watchnchill.server.redis.client;

import org.jspecify.annotations.NullMarked;
