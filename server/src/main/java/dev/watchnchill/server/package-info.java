@NullMarked
package dev.watchnchill.server;

import org.jspecify.annotations.NullMarked;
