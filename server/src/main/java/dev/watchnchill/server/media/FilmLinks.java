package dev.watchnchill.server.media;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads the tokens in links to films (rule LB8): for one purpose, one member of one room,
 * one film and a time, authenticated with HMAC-SHA256. A token is of one length and one alphabet,
 * so that nothing else reaches a parser.
 */
public final class FilmLinks {
  /** Life of a link, ms. */
  public static final long LIFE_MS = 30 * 60_000L;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES_MIN = 16;
  private static final int FILM_BYTES = 16;
  private static final int CONTENT_BYTES = 1 + Long.BYTES + RoomId.LENGTH + 16 + FILM_BYTES;
  private static final int MAC_BYTES = 32;
  private static final int TOKEN_LENGTH = (4 * (CONTENT_BYTES + MAC_BYTES) + 2) / 3;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{" + TOKEN_LENGTH + "}");
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private volatile SecretKeySpec key;

  /** The use that a token is for. */
  public enum Purpose {
    /** The film, its parts and its subtitles. */
    FILM((byte) 0),
    /** The poster alone. */
    POSTER((byte) 1);

    /** Its form in a token. */
    private final byte code;

    Purpose(byte code) {
      this.code = code;
    }

    private static @Nullable Purpose of(byte code) {
      for (Purpose purpose : values()) {
        if (purpose.code == code) {
          return purpose;
        }
      }
      return null;
    }
  }

  /**
   * The content of a token.
   *
   * @param expiresAtMs server ms
   */
  public record Pass(Purpose purpose, long expiresAtMs, RoomId room, UserId user, String mediaId) {}

  /**
   * @param secret random bytes that nobody else knows
   */
  public FilmLinks(byte[] secret) {
    key = key(secret);
  }

  private static SecretKeySpec key(byte[] secret) {
    if (secret.length < KEY_BYTES_MIN) {
      throw new IllegalArgumentException("a secret of " + secret.length + " bytes");
    }
    return new SecretKeySpec(secret, ALGORITHM);
  }

  /** Uses another secret from now on; tokens made with the former one are void. */
  public void use(byte[] secret) {
    key = key(secret);
  }

  /** Returns the token of a pass. */
  public String token(Pass pass) {
    UUID user = pass.user().value();
    byte[] content =
        ByteBuffer.allocate(CONTENT_BYTES)
            .put(pass.purpose().code)
            .putLong(pass.expiresAtMs())
            .put(pass.room().value().getBytes(StandardCharsets.US_ASCII))
            .putLong(user.getMostSignificantBits())
            .putLong(user.getLeastSignificantBits())
            .put(Base64.getUrlDecoder().decode(pass.mediaId()))
            .array();
    byte[] all = Arrays.copyOf(content, CONTENT_BYTES + MAC_BYTES);
    System.arraycopy(mac(content), 0, all, CONTENT_BYTES, MAC_BYTES);
    return ENCODER.encodeToString(all);
  }

  /** Returns the pass of a token that this server has made and that has not expired, or null. */
  public @Nullable Pass read(String token, long nowMs) {
    Pass pass = readExpired(token);
    return pass != null && pass.expiresAtMs() > nowMs ? pass : null;
  }

  /** Returns the pass of a token that this server has made, expired or not; null for any other. */
  @Nullable Pass readExpired(String token) {
    if (!FORM.matcher(token).matches()) {
      return null;
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(token);
      byte[] content = Arrays.copyOf(all, CONTENT_BYTES);
      byte[] given = Arrays.copyOfRange(all, CONTENT_BYTES, all.length);
      // Of two texts for the same bytes only the one that was made is valid.
      if (!MessageDigest.isEqual(given, mac(content))
          || !ENCODER.encodeToString(all).equals(token)) {
        return null;
      }
      return parse(ByteBuffer.wrap(content));
    } catch (IllegalArgumentException | BufferUnderflowException _) {
      return null;
    }
  }

  private static @Nullable Pass parse(ByteBuffer content) {
    Purpose purpose = Purpose.of(content.get());
    if (purpose == null) {
      return null;
    }
    long expiresAtMs = content.getLong();
    byte[] room = new byte[RoomId.LENGTH];
    content.get(room);
    var user = new UserId(new UUID(content.getLong(), content.getLong()));
    byte[] film = new byte[FILM_BYTES];
    content.get(film);
    return new Pass(
        purpose,
        expiresAtMs,
        new RoomId(new String(room, StandardCharsets.US_ASCII)),
        user,
        ENCODER.encodeToString(film));
  }

  private byte[] mac(byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "FilmLinks[…]";
  }
}
