/** The media library: the films on the disks of the server (rules LB1 to LB6). */
@NullMarked
package dev.watchnchill.server.media;

import org.jspecify.annotations.NullMarked;
