/** What the parts of the hot path cost by themselves. */
@NullMarked
package dev.watchnchill.jmh;

import org.jspecify.annotations.NullMarked;
