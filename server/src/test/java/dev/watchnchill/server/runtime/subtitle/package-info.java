@NullMarked
package dev.watchnchill.server.runtime.subtitle;

import org.jspecify.annotations.NullMarked;
