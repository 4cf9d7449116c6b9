package dev.watchnchill.server.title;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.runtime.port.FilmDescription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileTitleTest {
  private static FilmDescription describe(String link) {
    return FileTitle.describe(Media.parse(link).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/Big_Buck_Bunny.mp4,Big Buck Bunny",
    "https://example.org/a/Big.Buck.Bunny.2008.1080p.webm?t=1#x,Big Buck Bunny 2008 1080p",
    "https://example.org/Big%20Buck%20Bunny%202.0.mkv,Big Buck Bunny 2.0",
    "https://example.org/My_Film_v1.2.mp4,My Film v1.2",
    "https://example.org/Mr.%20X.mp4,Mr. X",
    "https://example.org/Spider-Man+2.mp4,Spider-Man 2",
    "https://example.org/%E5%8D%83%E3%81%A8%E5%8D%83%E5%B0%8B.mp4,千と千尋",
    "https://example.org/Film.2008,Film 2008",
    "https://example.org/100%.mp4,100%",
    "https://example.org/%zz%41.mp4,%zzA",
    "https://example.org/%FF%FEfilm.mp4,\ufffd\ufffdfilm",
    "https://example.org/..%2F..%2Fetc%2Fpasswd,/ /etc/passwd",
    "https://example.org/__.._film_..__.mp4,.. film ..",
    "https://example.org/film/,film",
    "https://example.org/Sintel/master.m3u8,Sintel",
    "https://example.org/Sintel/prog_index.m3u8,Sintel",
    "https://example.org/Sintel/manifest.mpd,Sintel",
    "https://example.org/Sintel/hls/index.m3u8,",
    "https://example.org/video.mp4,",
    "https://example.org/.mp4,",
    "https://example.org/%E2%80%AE%E2%80%8B.mp4,",
    "https://example.org/a%E2%80%AEgpj.exe%00%0A%1B.mp4,agpj exe",
    "https://example.org/%3Cscript%3Ealert(1)%3C/script%3E.mp4,script>",
  })
  void MD13_title_of_a_file_is_its_name(String link, @Nullable String title) {
    assertThat(describe(link)).isEqualTo(new FilmDescription(title, null, 0));
  }

  @Test
  void MD13_title_of_a_file_is_cut() {
    String title = describe("https://example.org/" + "a".repeat(3_000) + ".mp4").title();
    assertThat(title).isEqualTo("a".repeat(200));
    assertThat(describe("https://example.org/" + "%F0%9F%9A%80".repeat(300) + ".mp4").title())
        .isEqualTo("\ud83d\ude80".repeat(200));
  }

  @Test
  void MD13_video_of_a_provider_has_no_title_of_its_link() {
    assertThat(describe("https://www.youtube.com/watch?v=aqz-KE-bpKQ"))
        .isEqualTo(FilmDescription.EMPTY);
    assertThat(describe("https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d"))
        .isEqualTo(FilmDescription.EMPTY);
  }
}
