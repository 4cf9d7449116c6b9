/** The listed rooms that instances on one Redis show each other (rule EN12). */
@NullMarked
package dev.watchnchill.server.redis.directory;

import org.jspecify.annotations.NullMarked;
