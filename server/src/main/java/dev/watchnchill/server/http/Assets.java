package dev.watchnchill.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the web client, in memory.
 *
 * <p>Only files of the client's manifest are served, so no path leads anywhere else.
 */
public final class Assets {
  private static final String ROOT = "webclient/";
  private static final String DOCUMENT = "/index.html";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("vtt", "text/vtt; charset=utf-8"),
          Map.entry("wasm", "application/wasm"));

  /**
   * One file.
   *
   * @param type its content type
   * @param etag changes with its bytes; quoted
   * @param immutable whether its name changes with its bytes
   * @param bytes as they are
   * @param gzip compressed, or null
   * @param brotli compressed, or null
   */
  public record Asset(
      String type,
      String etag,
      boolean immutable,
      ByteBuf bytes,
      @Nullable ByteBuf gzip,
      @Nullable ByteBuf brotli) {}

  private final Map<String, Asset> byPath;
  private final BasePath basePath;

  private Assets(Map<String, Asset> byPath, BasePath basePath) {
    this.byPath = byPath;
    this.basePath = basePath;
  }

  /** Reads the files that are on the class path, for a server that is reached at the root. */
  static Assets load() {
    return load(BasePath.ROOT);
  }

  /**
   * Reads the files that are on the class path.
   *
   * @param basePath the path below which the server is reached; the document names it to the client
   * @throws IllegalStateException when the web client is missing or damaged
   */
  public static Assets load(BasePath basePath) {
    var loader = Assets.class.getClassLoader();
    byte[] manifest = read(loader, "manifest.txt");
    if (manifest == null) {
      throw new IllegalStateException("the web client is not in this build");
    }
    var paths = List.copyOf(new String(manifest, StandardCharsets.UTF_8).lines().toList());
    var files = new HashMap<String, Asset>();
    for (String path : paths) {
      if (path.endsWith(".gz") || path.endsWith(".br")) {
        continue;
      }
      byte[] bytes = read(loader, path);
      if (bytes == null) {
        throw new IllegalStateException("the web client lacks " + path);
      }
      String extension = path.substring(path.lastIndexOf('.') + 1);
      files.put(
          "/" + path,
          new Asset(
              TYPES.getOrDefault(extension, "application/octet-stream"),
              etag(bytes),
              path.startsWith("assets/"),
              shared(bytes),
              variant(loader, paths, path + ".gz"),
              variant(loader, paths, path + ".br")));
    }
    Asset document = files.get(DOCUMENT);
    if (document == null) {
      throw new IllegalStateException("the web client lacks index.html");
    }
    files.put(DOCUMENT, basePath.equals(BasePath.ROOT) ? document : below(basePath, document));
    return new Assets(Map.copyOf(files), basePath);
  }

  /** Returns the file at a path, which begins with a slash, or null. */
  public @Nullable Asset at(String path) {
    return byPath.get(path);
  }

  /** Returns the document of every page. */
  public Asset document() {
    Asset document = byPath.get(DOCUMENT);
    if (document == null) {
      throw new IllegalStateException("checked when loaded");
    }
    return document;
  }

  /** Returns the path below which the server is reached. */
  BasePath basePath() {
    return basePath;
  }

  /**
   * Returns the document for a base path. Each of its attributes that begins with a slash is an
   * address of this server; scripts and styles name the others relative to themselves.
   */
  private static Asset below(BasePath basePath, Asset document) {
    byte[] bytes =
        document
            .bytes()
            .toString(StandardCharsets.UTF_8)
            .replace("=\"/", "=\"" + basePath.value() + "/")
            .getBytes(StandardCharsets.UTF_8);
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Asset(
        document.type(),
        etag(bytes),
        document.immutable(),
        shared(bytes),
        shared(compressed.toByteArray()),
        null);
  }

  private static @Nullable ByteBuf variant(ClassLoader loader, List<String> paths, String path) {
    byte[] bytes = paths.contains(path) ? read(loader, path) : null;
    return bytes == null ? null : shared(bytes);
  }

  private static ByteBuf shared(byte[] bytes) {
    return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes).asReadOnly());
  }

  private static byte @Nullable [] read(ClassLoader loader, String path) {
    try (InputStream in = loader.getResourceAsStream(ROOT + path)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + path + " of the web client", e);
    }
  }

  /**
   * Two checksums and the length: enough to tell versions of a file from one another, and native
   * code from the first call, where a digest of some megabytes would hold up the start.
   */
  private static String etag(byte[] bytes) {
    var first = new CRC32();
    var second = new CRC32C();
    first.update(bytes);
    second.update(bytes);
    String sums = Long.toHexString(first.getValue() << 32 | second.getValue());
    return '"' + sums + '-' + Integer.toHexString(bytes.length) + '"';
  }
}
