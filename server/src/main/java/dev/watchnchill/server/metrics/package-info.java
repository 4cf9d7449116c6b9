/** What the server counts and measures, for Prometheus. docs/OPERATING.md names every metric. */
@NullMarked
package dev.watchnchill.server.metrics;

import org.jspecify.annotations.NullMarked;
