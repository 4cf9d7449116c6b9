package dev.watchnchill.server.app;

import dev.watchnchill.server.http.FilmRoute;
import dev.watchnchill.server.media.FilmOpener;
import dev.watchnchill.server.media.OpenFile;
import dev.watchnchill.server.runtime.port.FilmLibrary.Membership;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A film, or something that belongs to one, on its way to a member. */
final class SentFile implements FilmRoute.Film {
  private final OpenFile file;
  private final Runnable lease;
  private final FilmOpener opener;
  private final Supplier<CompletableFuture<Membership>> membership;
  private final LongAdder bytesSent;
  private final @Nullable String policy;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param lease ends when the file is closed
   * @param membership of the member that it is sent to
   * @param bytesSent counts
   * @param policy of caches, or null
   */
  SentFile(
      OpenFile file,
      Runnable lease,
      FilmOpener opener,
      Supplier<CompletableFuture<Membership>> membership,
      LongAdder bytesSent,
      @Nullable String policy) {
    this.file = file;
    this.lease = lease;
    this.opener = opener;
    this.membership = membership;
    this.bytesSent = bytesSent;
    this.policy = policy;
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
  public @Nullable String cacheControl() {
    return policy;
  }

  @Override
  public void sent(long bytes) {
    bytesSent.add(bytes);
  }

  @Override
  public CompletableFuture<Boolean> stillValid() {
    return membership
        .get()
        .thenCompose(now ->
            now == Membership.STRANGER
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
