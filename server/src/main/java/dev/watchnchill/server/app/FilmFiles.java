package dev.watchnchill.server.app;

import dev.watchnchill.server.http.FilmRoute;
import dev.watchnchill.server.media.FilmLinks;
import dev.watchnchill.server.media.FilmOpener;
import dev.watchnchill.server.media.LocalLibrary;
import dev.watchnchill.server.media.OpenFilm;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.port.FilmLibrary.Membership;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Opens the films of links for the HTTP server: checks the token, the member and the file. */
final class FilmFiles implements FilmRoute.Source, AutoCloseable {
  private final LocalLibrary library;
  private final FilmLinks links;
  private final RoomService rooms;
  private final LongSupplier nowMs;
  private final FilmOpener opener = new FilmOpener();

  FilmFiles(LocalLibrary library, FilmLinks links, RoomService rooms, LongSupplier nowMs) {
    this.library = library;
    this.links = links;
    this.rooms = rooms;
    this.nowMs = nowMs;
  }

  @Override
  public CompletableFuture<FilmRoute.Opening> open(String token) {
    FilmLinks.Pass pass = links.read(token, nowMs.getAsLong());
    return pass == null
        ? CompletableFuture.completedFuture(FilmRoute.Rejected.VOID)
        : rooms
            .membership(pass.room(), pass.user())
            .thenCompose(membership ->
                switch (membership) {
                  case MEMBER -> open(pass);
                  case STRANGER -> CompletableFuture.completedFuture(FilmRoute.Rejected.VOID);
                  case UNKNOWN -> CompletableFuture.completedFuture(FilmRoute.Rejected.BUSY);
                });
  }

  private CompletableFuture<FilmRoute.Opening> open(FilmLinks.Pass pass) {
    IndexedFilm film = library.indexed(pass.mediaId());
    return film == null
        ? CompletableFuture.completedFuture(FilmRoute.Rejected.GONE)
        : opener
            .open(film, pass.room() + "/" + pass.user())
            .thenApply(result ->
                switch (result) {
                  case FilmOpener.Opened(OpenFilm file, Runnable lease) ->
                      new SentFilm(file, lease, pass);
                  case FilmOpener.Gone() -> FilmRoute.Rejected.GONE;
                  case FilmOpener.Busy() -> FilmRoute.Rejected.BUSY;
                });
  }

  @Override
  public void close() {
    opener.close();
  }

  /** A film on its way to a member. */
  private final class SentFilm implements FilmRoute.Film {
    private final OpenFilm file;
    private final Runnable lease;
    private final FilmLinks.Pass pass;
    private final AtomicBoolean closed = new AtomicBoolean();

    SentFilm(OpenFilm file, Runnable lease, FilmLinks.Pass pass) {
      this.file = file;
      this.lease = lease;
      this.pass = pass;
    }

    @Override
    public FileChannel channel() {
      return file.channel();
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public Instant modified() {
      return file.modified();
    }

    @Override
    public String etag() {
      return file.etag();
    }

    @Override
    public String contentType() {
      return file.contentType();
    }

    @Override
    public CompletableFuture<Boolean> stillValid() {
      return rooms
          .membership(pass.room(), pass.user())
          .thenCompose(membership ->
              membership == Membership.STRANGER
                  ? CompletableFuture.completedFuture(false)
                  : opener.unchanged(file));
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        file.close();
        lease.run();
      }
    }
  }
}
