package dev.watchnchill.server.media.index;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The place of a folder in the library.
 *
 * @param root number of the DIR that it is in, from 0
 * @param parent the folder that it is in, or null for a DIR itself
 * @param raw its name as the system knows it; for a DIR its whole path
 * @param relative the bytes of its path below the DIR, one in each character
 * @param id under which clients know it
 * @param name as it is shown
 * @param words of its name and of the names above it, without that of the DIR
 */
public record FolderPlace(
    int root,
    @Nullable FolderPlace parent,
    Path raw,
    String relative,
    String id,
    String name,
    String words) {
  private static final int WORDS_MAX = 300;

  /** Bytes of a digest in an id: as many as a UUID has. */
  private static final int ID_BYTES = 16;

  /** Returns the place of a DIR. */
  static FolderPlace ofRoot(int root, Path directory) {
    String shown = EntryName.of(directory).shown();
    return new FolderPlace(
        root, null, directory, "", id(root, ""), shown.isEmpty() ? "/" : shown, "");
  }

  /** Returns the place of a folder in this one. */
  FolderPlace folder(EntryName entry, String shown) {
    String below = below(entry);
    String all = words + FilmWords.of(shown);
    return new FolderPlace(
        root,
        this,
        entry.raw(),
        below,
        id(root, below),
        shown,
        all.length() > WORDS_MAX ? all.substring(all.length() - WORDS_MAX) : all);
  }

  /** Returns the id of a film in this folder: the same after a restart (rule LB2). */
  String filmId(EntryName entry) {
    return id(root, below(entry));
  }

  /** Returns the id of a file below this folder, by the bytes of its path in it. */
  String sidecarId(String octets) {
    return id(root, relative + "/" + octets);
  }

  private String below(EntryName entry) {
    return relative + "/" + entry.octets();
  }

  private static String id(int root, String path) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              Arrays.copyOf(
                  digest.digest((root + ":" + path).getBytes(StandardCharsets.ISO_8859_1)),
                  ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Returns its path on this machine, never to be sent. */
  Path path() {
    return parent == null ? raw : parent.path().resolve(raw);
  }
}
