/** Cost of single parts of the hot path. */
@NullMarked
package dev.watchnchill.jmh;

import org.jspecify.annotations.NullMarked;
