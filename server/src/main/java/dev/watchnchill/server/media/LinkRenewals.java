package dev.watchnchill.server.media;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.media.FilmLinks.Pass;
import dev.watchnchill.server.media.FilmLinks.Purpose;
import dev.watchnchill.server.runtime.port.RenewedLinks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The links to films that are being used, so that a member who asks again gets the same link for
 * longer, and its player goes on without a pause (rule LB11). Bounded: of too many the one that was
 * renewed least recently is valid until its own time alone.
 */
public final class LinkRenewals {
  private static final int LINKS_MAX = 20_000;

  private final FilmLinks links;
  private final int linksMax;
  private final Map<Holder, Renewed> renewed = new LinkedHashMap<>();
  private volatile RenewedLinks others = RenewedLinks.NONE;

  private record Holder(RoomId room, UserId user, String mediaId) {
    static Holder of(Pass pass) {
      return new Holder(pass.room(), pass.user(), pass.mediaId());
    }
  }

  private record Renewed(String token, long expiresAtMs) {}

  /**
   * A token and until when it is valid.
   *
   * @param expiresAtMs server ms
   */
  public record Valid(String token, long expiresAtMs) {}

  /** Creates the renewals of links that are made with a key. */
  public LinkRenewals(FilmLinks links) {
    this(links, LINKS_MAX);
  }

  LinkRenewals(FilmLinks links, int linksMax) {
    this.links = links;
    this.linksMax = linksMax;
  }

  /** Shares renewals with other instances from now on. */
  public void shareWith(RenewedLinks instances) {
    others = instances;
  }

  /** Returns a token for a film: the member's own for longer, or a new one. */
  public synchronized Valid token(RoomId room, UserId user, String mediaId, long nowMs) {
    var holder = new Holder(room, user, mediaId);
    long expiresAtMs = nowMs + FilmLinks.LIFE_MS;
    Renewed former = renewed.remove(holder);
    String token =
        former != null
                && former.expiresAtMs() > nowMs
                && links.readExpired(former.token()) != null // the key may be another one
            ? former.token()
            : links.token(new Pass(Purpose.FILM, expiresAtMs, room, user, mediaId));
    renewed.put(holder, new Renewed(token, expiresAtMs));
    if (former != null && token.equals(former.token())) {
      others.renewed(token, expiresAtMs, FilmLinks.LIFE_MS);
    }
    forgetOldest(nowMs);
    return new Valid(token, expiresAtMs);
  }

  /** Removes the oldest, which come first, when they have expired or are too many. */
  private void forgetOldest(long nowMs) {
    var oldest = renewed.values().iterator();
    while (oldest.hasNext()) {
      if (oldest.next().expiresAtMs() > nowMs && renewed.size() <= linksMax) {
        return;
      }
      oldest.remove();
    }
  }

  /**
   * Returns the pass of a token that is valid now, by its own time or because it was renewed; null
   * for any other.
   */
  public @Nullable Pass read(String token, Purpose purpose, long nowMs) {
    Pass pass = links.readExpired(token);
    if (pass == null || pass.purpose() != purpose) {
      return null;
    }
    return pass.expiresAtMs() > nowMs || isRenewed(pass, token, nowMs) ? pass : null;
  }

  /**
   * Returns the pass of a token that is valid now, as {@link #read}, or because another instance
   * has renewed it; null for any other. Never fails.
   */
  public CompletableFuture<@Nullable Pass> readAnywhere(String token, Purpose purpose, long nowMs) {
    Pass here = read(token, purpose, nowMs);
    Pass pass = links.readExpired(token);
    if (here != null || pass == null || pass.purpose() != purpose) {
      return CompletableFuture.completedFuture(here);
    }
    return others
        .expiry(token)
        .<@Nullable Pass>thenApply(expiresAtMs -> {
          if (expiresAtMs <= nowMs) {
            return null;
          }
          remember(pass, token, expiresAtMs, nowMs);
          return pass;
        });
  }

  /** Keeps what another instance has renewed, unless the member has another link here. */
  private synchronized void remember(Pass pass, String token, long expiresAtMs, long nowMs) {
    renewed.putIfAbsent(Holder.of(pass), new Renewed(token, expiresAtMs));
    forgetOldest(nowMs);
  }

  private synchronized boolean isRenewed(Pass pass, String token, long nowMs) {
    Renewed now = renewed.get(Holder.of(pass));
    return now != null && now.expiresAtMs() > nowMs && now.token().equals(token);
  }

  /** Returns the number of links that are remembered. */
  synchronized int size() {
    return renewed.size();
  }
}
