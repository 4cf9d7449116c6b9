package dev.watchnchill.server.runtime.port;

import dev.watchnchill.server.wire.LibraryListing;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds films on the disks of the server (rules LB1 to LB4). */
@FunctionalInterface
public interface FilmLibrary extends AutoCloseable {

  /** The answer to a query. */
  sealed interface Answer {}

  /** A page of what was found. */
  record Found(LibraryListing page) implements Answer {}

  /** The server has no library. */
  record NoLibrary() implements Answer {}

  /** The library has no such folder. */
  record NoSuchFolder() implements Answer {}

  /** Too many other queries wait. */
  record Busy() implements Answer {}

  /**
   * A query.
   *
   * @param folder the id of the folder to look in, or null for the whole library
   * @param text words of the names wanted, or null for what is in the folder itself
   * @param after the id of the last folder or film of the page before, or null for the first page
   */
  record Query(@Nullable String folder, @Nullable String text, @Nullable String after) {}

  /** The library of a server without one. */
  FilmLibrary NONE = _ -> CompletableFuture.completedFuture(new NoLibrary());

  /** Returns a page; never waits and never fails. The answer may come on any thread. */
  CompletableFuture<Answer> find(Query query);

  /** Ends the scans. Never waits, never fails. */
  @Override
  default void close() {}
}
