/** The index of a media library: how folders are read, and how films are found in it. */
@NullMarked
package dev.watchnchill.server.media.index;

import org.jspecify.annotations.NullMarked;
