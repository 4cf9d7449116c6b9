/** JSON of other programs and servers, read within bounds. */
@NullMarked
package dev.watchnchill.server.json;

import org.jspecify.annotations.NullMarked;
