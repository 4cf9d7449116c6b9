package dev.watchnchill.server.redis.client;

import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A Lua script that Redis runs atomically, by its digest once Redis has it.
 *
 * @param name for the log
 * @param source the Lua text
 * @param digest SHA-1 of the text, in hexadecimal
 * @param output the type of the answer: INTEGER gives a Long, VALUE a byte[], MULTI a List of these
 */
public record RedisScript(String name, String source, String digest, ScriptOutputType output) {

  /**
   * Reads a script from the class path.
   *
   * @param beside a class of the package whose resources hold the script
   * @param output the type of the answer
   * @param files such as {@code commit.lua}; several are concatenated, and named as the last
   */
  public static RedisScript read(Class<?> beside, ScriptOutputType output, String... files) {
    var source = new StringBuilder();
    for (String file : files) {
      source.append(text(beside, file));
    }
    return of(files[files.length - 1], source.toString(), output);
  }

  private static String text(Class<?> beside, String file) {
    try (@Nullable InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The script " + file + " is missing beside " + beside);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a script with that source. */
  public static RedisScript of(String name, String source, ScriptOutputType output) {
    return new RedisScript(name, source, digest(source), output);
  }

  private static String digest(String source) {
    try {
      byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has SHA-1
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
