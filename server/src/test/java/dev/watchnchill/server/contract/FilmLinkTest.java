package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.media.index.LibraryFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Films of the library on raw sockets, attacks among them (rules LB7 to LB9). */
final class FilmLinkTest extends ContractTest {
  private static final String FILM_TEXT = "film.mp4";
  private static final long LARGE = 5L << 30;
  private static final Path DIR = films();

  FilmLinkTest() {
    // What is sent here are no films.
    super("MEDIA_DIR", DIR.toString(), "FFPROBE", "off", "FFMPEG", "off");
  }

  private static Path films() {
    try {
      Path dir = Files.createTempDirectory("films");
      LibraryFolders.createFiles(
          dir,
          FILM_TEXT,
          "song.mp3",
          "to replace.mp4",
          "to link.mp4",
          "in/folder.mp4",
          "empty.mp4");
      Files.write(dir.resolve("empty.mp4"), new byte[0]);
      Files.createDirectory(dir.resolve("disk"));
      for (String name : List.of("large.mp4", "shrinking.mp4", "left.mp4", "disk/disk.mp4")) {
        try (var file = new RandomAccessFile(dir.resolve(name).toFile(), "rw")) {
          file.setLength(LARGE);
        }
      }
      return dir;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void removeFilms() throws IOException {
    LibraryFolders.delete(DIR);
  }

  private TestClient room() {
    TestClient ann = extended().create("Ann");
    await()
        .untilAsserted(() ->
            assertThat(ann.must("get-library", ann.here()).get("scanning").isNull()).isTrue());
    return ann.forget();
  }

  private static String film(TestClient host, String name) {
    for (JsonNode film : host.must("get-library", host.here("query", name)).get("films")) {
      if (text(film, "name").equals(name)) {
        return "library:" + text(film, "mediaId");
      }
    }
    throw new AssertionError("no film " + name);
  }

  /** Shows a film and returns a member's link to it. */
  private static String link(TestClient host, String name) {
    host.must("set-video", host.here("videoUrl", film(host, name)));
    int item = host.take("timeline").get("item").intValue();
    host.forget();
    return linkOf(host, item);
  }

  private static String linkOf(TestClient member, int item) {
    JsonNode answer = member.must("get-media-link", member.here("item", item));
    assertThat(answer.get("expiresAt").longValue()).isGreaterThan(System.currentTimeMillis());
    return text(answer, "url");
  }

  @Test
  void LB7_film_is_shown_with_the_kind_and_the_title_of_its_name() {
    TestClient ann = room();
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    bob.forget();
    String song = film(ann, "song.mp3");
    ann.must("set-video", ann.here("videoUrl", song));
    JsonNode set = bob.take("video-set");
    assertThat(text(set, "videoUrl")).isEqualTo(song);
    assertThat(text(set, "videoType")).isEqualTo("audio");
    assertThat(text(bob.take("queue-changed").get("current"), "title")).isEqualTo("song");
    JsonNode added = ann.must("queue-add", ann.here("videoUrl", film(ann, FILM_TEXT)));
    assertThat(added.get("itemIds").size()).isEqualTo(1);
  }

  @Test
  void LB7_film_that_the_server_does_not_have_is_rejected() {
    TestClient ann = room();
    for (String event : List.of("set-video", "queue-add")) {
      refused(
          ann,
          ann.call(event, ann.here("videoUrl", "library:" + "A".repeat(22))),
          "error",
          "film_not_found",
          "That film is not in the library");
    }
    refused(
        ann,
        ann.call("set-video", ann.here("videoUrl", "library:../../etc/passwd")),
        "room-error",
        "invalid_data",
        "Invalid data: Invalid URL format");
  }

  @Test
  void LB8_link_is_for_the_shown_film_alone() {
    TestClient ann = room();
    refused(
        ann,
        ann.call("get-media-link", ann.here("item", 0)),
        "error",
        "film_not_found",
        "That film is not in the library");
    link(ann, FILM_TEXT);
    refused(
        ann,
        ann.call("get-media-link", ann.here("item", 7)),
        "error",
        "film_changed",
        "Another film is shown now");
    TestClient eve = extended();
    refused(
        eve,
        eve.call("get-media-link", ann.here("item", 1)),
        "error",
        "not_authenticated",
        "Not authenticated");
  }

  @Test
  void LB9_whole_film_has_its_headers() {
    TestClient ann = room();
    String link = link(ann, FILM_TEXT);
    FilmAnswer whole = FilmAnswer.of(server(), "GET", link);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(FILM_TEXT);
    assertThat(whole.header("content-type")).isEqualTo("video/mp4");
    assertThat(whole.header("content-length")).isEqualTo("8");
    assertThat(whole.header("accept-ranges")).isEqualTo("bytes");
    assertThat(whole.header("cache-control")).isEqualTo("no-store");
    assertThat(whole.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(whole.header("content-security-policy")).contains("sandbox");
    assertThat(whole.header("cross-origin-resource-policy")).isEqualTo("same-origin");
    FilmAnswer head = FilmAnswer.of(server(), "HEAD", link, "Range: bytes=1-2");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("content-length")).isEqualTo("8");
    assertThat(head.header("etag")).isEqualTo(whole.header("etag"));
    assertThat(FilmAnswer.of(server(), "POST", link).status()).isEqualTo(405);
    assertThat(FilmAnswer.of(server(), "GET", link(ann, "folder.mp4")).body())
        .isEqualTo("in/folder.mp4");
    assertThat(FilmAnswer.of(server(), "GET", link(ann, "empty.mp4")).body()).isEmpty();
  }

  @Test
  void LB9_ranges_and_conditions_are_those_of_RFC_9110() {
    String link = link(room(), FILM_TEXT);
    FilmAnswer part = FilmAnswer.of(server(), "GET", link, "Range: bytes=5-");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("mp4");
    assertThat(part.header("content-range")).isEqualTo("bytes 5-7/8");
    assertThat(FilmAnswer.of(server(), "GET", link, "Range: bytes=-2").body()).isEqualTo("p4");
    assertThat(FilmAnswer.of(server(), "GET", link, "Range: bytes=0-1,3-4").body())
        .isEqualTo(FILM_TEXT);
    FilmAnswer none = FilmAnswer.of(server(), "GET", link, "Range: bytes=8-");
    assertThat(none.status()).isEqualTo(416);
    assertThat(none.header("content-range")).isEqualTo("bytes */8");
    String etag = Objects.requireNonNull(part.header("etag"));
    String date = Objects.requireNonNull(part.header("last-modified"));
    assertThat(FilmAnswer.of(server(), "GET", link, "If-None-Match: " + etag).status())
        .isEqualTo(304);
    assertThat(FilmAnswer.of(server(), "GET", link, "If-Modified-Since: " + date).status())
        .isEqualTo(304);
    assertThat(
            FilmAnswer.of(
                    server(), "GET", link, "If-None-Match: \"other\"", "If-Modified-Since: " + date)
                .status())
        .isEqualTo(200);
    assertThat(FilmAnswer.of(server(), "GET", link, "Range: bytes=0-0", "If-Range: " + etag).body())
        .isEqualTo("f");
    assertThat(FilmAnswer.of(server(), "GET", link, "Range: bytes=0-0", "If-Range: \"old\"").body())
        .isEqualTo(FILM_TEXT);
  }

  @Test
  void LB9_connection_is_kept_for_the_next_part() throws IOException {
    String link = link(room(), FILM_TEXT);
    String request = "GET " + link + " HTTP/1.1\r\nHost: localhost\r\nRange: bytes=";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server().port())) {
      socket.setSoTimeout(20_000);
      String both = request + "0-1\r\n\r\n" + request + "5-7\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(both.getBytes(StandardCharsets.US_ASCII));
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answers).contains("\r\n\r\nfiHTTP/1.1 206 ").endsWith("\r\n\r\nmp4");
    }
  }

  @Test
  void LB9_end_of_a_film_of_five_gigabytes_is_reached() {
    FilmAnswer end =
        FilmAnswer.of(server(), "GET", link(room(), "large.mp4"), "Range: bytes=5368709100-");
    assertThat(end.header("content-range")).isEqualTo("bytes 5368709100-5368709119/5368709120");
    assertThat(end.body()).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/media/",
        "/media/../../etc/passwd",
        "/media/..%2f..%2fetc%2fpasswd",
        "/media/%252e%252e%252fetc%252fpasswd",
        "/media/..%5c..%5cetc",
        "/media/film.mp4",
        "/media/film%00.mp4",
        "/media//etc/passwd",
        "/media/%00",
        "/media/AAAAAAAAAAAAAAAAAAAAAA"
      })
  void LB8_path_that_is_no_link_is_void(String target) {
    assertThat(FilmAnswer.of(server(), "GET", target).status()).isEqualTo(403);
  }

  @Test
  void LB8_changed_link_and_link_of_another_room_are_void() {
    TestClient ann = room();
    String link = link(ann, FILM_TEXT);
    for (int i = "/media/".length(); i < link.length(); i += 9) {
      char other = link.charAt(i) == 'A' ? 'B' : 'A';
      String changed = link.substring(0, i) + other + link.substring(i + 1);
      assertThat(FilmAnswer.of(server(), "GET", changed).status()).as(changed).isEqualTo(403);
    }
    String encoded = link.replace(link.substring(7, 8), "%" + Integer.toHexString(link.charAt(7)));
    assertThat(FilmAnswer.of(server(), "GET", encoded).status()).isEqualTo(403);
    assertThat(FilmAnswer.of(server(), "GET", link + "?x=1").status()).isEqualTo(200);
  }

  @Test
  void LB8_link_ends_with_its_members_seat_and_others_go_on() {
    TestClient ann = room();
    TestClient bob = extended();
    String bobsId = text(bob.join(ann.roomId(), "Bob").get("user"), "id");
    String anns = link(ann, FILM_TEXT);
    bob.forget();
    String bobs = linkOf(bob, 1);
    assertThat(FilmAnswer.of(server(), "GET", bobs).status()).isEqualTo(200);
    ann.must("remove-member", ann.here("userId", bobsId));
    assertThat(FilmAnswer.of(server(), "GET", bobs).status()).isEqualTo(403);
    assertThat(FilmAnswer.of(server(), "GET", anns).status()).isEqualTo(200);
  }

  @Test
  void LB8_film_that_is_being_sent_ends_when_its_member_is_removed() throws IOException {
    TestClient ann = room();
    TestClient bob = extended();
    String bobsId = text(bob.join(ann.roomId(), "Bob").get("user"), "id");
    link(ann, "left.mp4");
    bob.forget();
    try (Socket socket = FilmAnswer.open(server(), "GET", linkOf(bob, 1))) {
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(100)).hasSize(100);
      ann.must("remove-member", ann.here("userId", bobsId));
      assertThat(rest(in)).isLessThan(LARGE / 10);
    }
  }

  @Test
  void LB9_film_that_shrinks_ends_its_answer_and_nothing_else() throws IOException {
    TestClient ann = room();
    String link = link(ann, "shrinking.mp4");
    try (Socket socket = FilmAnswer.open(server(), "GET", link)) {
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(100)).hasSize(100);
      try (var file = new RandomAccessFile(DIR.resolve("shrinking.mp4").toFile(), "rw")) {
        file.setLength(1_000);
      }
      assertThat(rest(in)).isLessThan(LARGE / 10);
    }
    assertThat(ann.must("get-timeline", ann.here()).get("ok").booleanValue()).isTrue();
  }

  @Test
  void LB9_disk_that_is_gone_ends_the_answer_and_plays_again_when_it_is_back() throws IOException {
    TestClient ann = room();
    String link = link(ann, "disk.mp4");
    Path elsewhere = DIR.resolveSibling(DIR.getFileName() + "-gone");
    try (Socket socket = FilmAnswer.open(server(), "GET", link)) {
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(100)).hasSize(100);
      Files.move(DIR.resolve("disk"), elsewhere);
      try {
        assertThat(rest(in)).isLessThan(LARGE / 10);
        assertThat(FilmAnswer.of(server(), "GET", link).status()).isEqualTo(404);
      } finally {
        Files.move(elsewhere, DIR.resolve("disk"));
      }
    }
    await()
        .untilAsserted(
            () -> assertThat(FilmAnswer.of(server(), "HEAD", link).status()).isEqualTo(200));
  }

  private static long rest(InputStream in) {
    byte[] buffer = new byte[1 << 16];
    long read = 0;
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read += n;
      }
    } catch (IOException _) {
      // a reset is an end as well
    }
    return read;
  }

  @Test
  void LB9_file_that_became_a_link_is_not_opened() throws IOException {
    TestClient ann = room();
    String link = link(ann, "to link.mp4");
    Path secret = Files.writeString(Files.createTempFile("secret", ".mp4"), "secret");
    Path made = Files.createSymbolicLink(DIR.resolve("made"), secret);
    Files.move(made, DIR.resolve("to link.mp4"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(FilmAnswer.of(server(), "GET", link).status()).isEqualTo(404);
  }

  @Test
  void LB9_replaced_film_is_another_version() throws IOException {
    TestClient ann = room();
    String link = link(ann, "to replace.mp4");
    String etag = Objects.requireNonNull(FilmAnswer.of(server(), "GET", link).header("etag"));
    Path other = Files.writeString(DIR.resolve("other"), "another film");
    Files.move(other, DIR.resolve("to replace.mp4"), StandardCopyOption.ATOMIC_MOVE);
    FilmAnswer now = FilmAnswer.of(server(), "GET", link, "Range: bytes=0-0", "If-Range: " + etag);
    assertThat(now.body()).isEqualTo("another film");
    assertThat(now.header("etag")).isNotEqualTo(etag);
  }

  @Test
  void LB9_member_has_eight_films_open_at_once() throws Exception {
    TestClient ann = room();
    String link = link(ann, "large.mp4");
    var sockets = new java.util.ArrayList<Socket>();
    try {
      for (int i = 0; i < 8; i++) {
        Socket socket = FilmAnswer.open(server(), "GET", link);
        sockets.add(socket);
        assertThat(socket.getInputStream().readNBytes(20)).hasSize(20);
      }
      assertThat(FilmAnswer.of(server(), "HEAD", link).status()).isEqualTo(503);
      sockets.removeFirst().close();
      await()
          .untilAsserted(
              () -> assertThat(FilmAnswer.of(server(), "HEAD", link).status()).isEqualTo(200));
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
