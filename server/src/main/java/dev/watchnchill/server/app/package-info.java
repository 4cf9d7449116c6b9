/** The command line, the configuration and the wiring. */
@NullMarked
package dev.watchnchill.server.app;

import org.jspecify.annotations.NullMarked;
