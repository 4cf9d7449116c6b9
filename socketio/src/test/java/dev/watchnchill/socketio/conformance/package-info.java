/** The small servers that the official protocol test suites are run against. */
@NullMarked
package dev.watchnchill.socketio.conformance;

import org.jspecify.annotations.NullMarked;
