/** The programs of ffmpeg: where they are, and how they are run within bounds (decision 33). */
@NullMarked
package dev.watchnchill.server.media.tool;

import org.jspecify.annotations.NullMarked;
