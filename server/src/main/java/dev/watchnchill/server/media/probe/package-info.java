/** The contents of films: streams, posters and subtitles (rules LB10, LB13, LB14). */
@NullMarked
package dev.watchnchill.server.media.probe;

import org.jspecify.annotations.NullMarked;
