/** Measurements: latency, deliveries, and CPU time and memory of processes. */
@NullMarked
package dev.watchnchill.load.measure;

import org.jspecify.annotations.NullMarked;
