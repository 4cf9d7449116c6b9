package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of links to films in a data directory (rules LB8, SF4). */
final class SecretFileTest {
  private static final byte[] FIRST = "the first secret".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = "another secret, ".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void name() {
    file = temp.resolve(SecretFile.NAME);
  }

  @Test
  void LB8_first_secret_stays_and_is_its_owners_alone() throws IOException {
    assertThat(SecretFile.keep(file, FIRST)).isEqualTo(FIRST);
    assertThat(SecretFile.keep(file, OTHER)).isEqualTo(FIRST);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(temp)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void LB8_file_that_is_no_secret_is_replaced() throws IOException {
    for (int size : new int[] {0, 15, 65, 1_000_000}) {
      Files.write(file, new byte[size]);
      assertThat(SecretFile.keep(file, OTHER)).isEqualTo(OTHER);
      assertThat(Files.readAllBytes(file)).isEqualTo(OTHER);
    }
  }

  @Test
  void LB8_link_is_replaced_and_what_it_leads_to_stays() throws IOException {
    Path elsewhere = Files.write(temp.resolve("elsewhere"), FIRST);
    Files.createSymbolicLink(file, elsewhere);
    assertThat(SecretFile.keep(file, OTHER)).isEqualTo(OTHER);
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(Files.readAllBytes(elsewhere)).isEqualTo(FIRST);
  }

  @Test
  void LB8_secret_that_cannot_be_kept_is_good_for_the_process() throws IOException {
    Files.createDirectories(file.resolve("folder"));
    assertThat(SecretFile.keep(file, OTHER)).isEqualTo(OTHER);
    assertThat(SecretFile.keep(temp.resolve("missing").resolve("name"), OTHER)).isEqualTo(OTHER);
  }
}
