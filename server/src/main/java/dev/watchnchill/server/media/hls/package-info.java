/**
 * Films that browsers cannot play, sent as HLS that ffmpeg makes on demand (rule LB12). The
 * playlists name every segment of the whole film at once; a segment is made when somebody asks for
 * it, and those that follow it are made beforehand.
 */
@NullMarked
package dev.watchnchill.server.media.hls;

import org.jspecify.annotations.NullMarked;
