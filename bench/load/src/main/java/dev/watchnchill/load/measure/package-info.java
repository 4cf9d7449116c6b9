/** What is measured: latency, deliveries, and what the kernel says of a process. */
@NullMarked
package dev.watchnchill.load.measure;

import org.jspecify.annotations.NullMarked;
