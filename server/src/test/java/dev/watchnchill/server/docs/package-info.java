/** Tests that hold the documentation true. */
@NullMarked
package dev.watchnchill.server.docs;

import org.jspecify.annotations.NullMarked;
