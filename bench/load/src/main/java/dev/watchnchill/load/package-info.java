/** The load generator: many members of watch parties in one process. */
@NullMarked
package dev.watchnchill.load;

import org.jspecify.annotations.NullMarked;
