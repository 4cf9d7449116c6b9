/** The metrics of the server, for Prometheus. docs/OPERATING.md describes each. */
@NullMarked
package dev.watchnchill.server.metrics;

import org.jspecify.annotations.NullMarked;
