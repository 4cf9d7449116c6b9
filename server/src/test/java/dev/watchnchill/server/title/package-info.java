/** Tests of titles, posters and durations, with a stand-in for the providers' endpoints. */
@NullMarked
package dev.watchnchill.server.title;

import org.jspecify.annotations.NullMarked;
