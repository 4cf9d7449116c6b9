package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.wire.FilmInfo;
import dev.watchnchill.server.wire.LibraryListing;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds films on the disks of the server (rules LB1 to LB4). */
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

  /** A film: its title, and whether it has sound alone. */
  record Film(String title, boolean audio) {}

  /** The answer to a member who wants to watch a film (rule LB11). */
  sealed interface LinkAnswer {}

  /**
   * A link to a film.
   *
   * @param expiresAtMs until when it may be used, server ms
   * @param converted whether the film is converted while it is watched
   * @param subtitles those that can be fetched
   */
  record Link(String url, long expiresAtMs, boolean converted, List<FilmInfo.Linked> subtitles)
      implements LinkAnswer {
    @Override
    public String toString() {
      return "Link[" + expiresAtMs + "]";
    }
  }

  /**
   * Browsers cannot play the film, and the server cannot convert it.
   *
   * @param reason as in {@link FilmInfo}
   * @param text for a person
   */
  record NotPlayable(String reason, String text) implements LinkAnswer {}

  /** The film is being examined. */
  record NotExamined() implements LinkAnswer {}

  /** The library does not have the film any more. */
  record NoSuchFilm() implements LinkAnswer {}

  /**
   * The descriptions of films.
   *
   * @param pending the ids of films that are being examined
   */
  record Infos(List<FilmInfo> films, List<String> pending) {}

  /** Whether a user is a member of a room. */
  enum Membership {
    /** The user is a member, present or away. */
    MEMBER,
    /** The user is no member, or there is no such room. */
    STRANGER,
    /** The room cannot be read now. */
    UNKNOWN
  }

  /** The library of a server without one. */
  FilmLibrary NONE =
      new FilmLibrary() {
        @Override
        public CompletableFuture<Answer> find(Query query) {
          return CompletableFuture.completedFuture(new NoLibrary());
        }

        @Override
        public @Nullable Film film(String mediaId) {
          return null;
        }

        @Override
        public CompletableFuture<LinkAnswer> link(RoomId room, UserId user, String mediaId) {
          return CompletableFuture.completedFuture(new NoSuchFilm());
        }

        @Override
        public CompletableFuture<Infos> describe(RoomId room, UserId user, List<String> mediaIds) {
          return CompletableFuture.completedFuture(new Infos(List.of(), List.of()));
        }
      };

  /** Returns a film, or null when there is none of that id; at once. */
  @Nullable Film film(String mediaId);

  /**
   * Returns a link to a film, for one member of a room; the same again while it is valid. Never
   * waits for long and never fails. The answer may come on any thread.
   */
  CompletableFuture<LinkAnswer> link(RoomId room, UserId user, String mediaId);

  /**
   * Describes films for one member of a room, within 2 s. Never fails. The answer may come on any
   * thread.
   */
  CompletableFuture<Infos> describe(RoomId room, UserId user, List<String> mediaIds);

  /** Returns a page; never waits and never fails. The answer may come on any thread. */
  CompletableFuture<Answer> find(Query query);

  /** Ends the scans. Never waits, never fails. */
  @Override
  default void close() {}
}
