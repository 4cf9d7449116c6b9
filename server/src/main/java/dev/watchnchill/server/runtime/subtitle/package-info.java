/** The texts of shared subtitles: their arrival in parts, their stored form, and their readers. */
@NullMarked
package dev.watchnchill.server.runtime.subtitle;

import org.jspecify.annotations.NullMarked;
