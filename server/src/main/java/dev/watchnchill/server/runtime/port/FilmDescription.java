package dev.watchnchill.server.runtime.port;

import org.jspecify.annotations.Nullable;

/**
 * The description of a film beside its link, as far as it is known (rules MD13, MD14).
 *
 * @param title 1 to {@link #TITLE_MAX} visible code points, or null
 * @param posterUrl an {@code https} address of a picture at the film's provider, or null
 * @param durationSeconds 0 while unknown
 */
public record FilmDescription(
    @Nullable String title, @Nullable String posterUrl, double durationSeconds) {
  /** Longest title, in code points. */
  public static final int TITLE_MAX = 200;

  /** The description of a film of which nothing is known. */
  public static final FilmDescription EMPTY = new FilmDescription(null, null, 0);
}
