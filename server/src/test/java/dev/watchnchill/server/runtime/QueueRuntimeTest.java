package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.server.runtime.port.FilmDescription;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The queue on one and on several instances, in virtual time (rules QU8 to QU11). */
final class QueueRuntimeTest {
  private static final String FILE = "https://films.example/one.mp4";
  private static final String VIDEO = "https://youtu.be/dQw4w9WgXcQ";

  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance one = harness.new Instance();
  private final RuntimeHarness.Instance two = harness.new Instance();
  private final RuntimeHarness.Client ann = one.client(true).create("Ann");
  private final List<Media> lookedUp = new ArrayList<>();
  private final List<CompletableFuture<FilmDescription>> lookups = new ArrayList<>();

  private void add(RuntimeHarness.Client client, String... links) {
    List<ClientRequest.NewFilm> films =
        List.of(links).stream()
            .map(link -> new ClientRequest.NewFilm(Media.parse(link).orElseThrow(), null))
            .toList();
    assertThat(
            client.request(
                ClientEvent.QUEUE_ADD,
                new ClientRequest.QueueAdd(RuntimeHarness.ROOM, films, QueueCommand.Place.END)))
        .matches(ServerReply::ok);
  }

  private void lookUp() {
    harness.films =
        film -> {
          if (film.providerVideo().isEmpty()) {
            return CompletableFuture.completedFuture(new FilmDescription("file", null, 0));
          }
          lookedUp.add(film);
          var lookup = new CompletableFuture<FilmDescription>();
          lookups.add(lookup);
          return lookup;
        };
  }

  private QueueItem current() {
    return Objects.requireNonNull(harness.room().queue().current());
  }

  private List<@Nullable String> titles() {
    var titles = new ArrayList<@Nullable String>();
    harness.room().queue().items().forEach(item -> titles.add(item.title()));
    return titles;
  }

  private static long shown(RuntimeHarness.Client client) {
    return client.received.stream()
        .filter(received ->
            received.payload() instanceof ServerMessage.QueueChanged changed
                && changed.update().current() != null)
        .count();
  }

  private void playFilmOf(double seconds) {
    ann.request(
        ClientEvent.REPORT_DURATION, MemberRequests.reportDuration(RuntimeHarness.ROOM, seconds));
    ann.request(ClientEvent.PLAY_VIDEO, MemberRequests.play(RuntimeHarness.ROOM, 0));
  }

  private ViewerReport report(ViewerReport.State state, @Nullable Double duration) {
    int item = harness.room().timeline().item();
    return new ViewerReport(null, null, null, null, null, null, state, null, duration, item);
  }

  @Test
  void QU8_film_ends_by_one_commit_however_many_instances_have_members() {
    RuntimeHarness.Client bob = two.client(true);
    bob.join("Bob");
    add(ann, FILE, FILE, FILE);
    playFilmOf(10);
    long seq = harness.room().seq();
    ann.takeEvents();
    bob.takeEvents();
    harness.time.advance(13_000);

    assertThat(harness.room().seq()).isEqualTo(seq + 1);
    assertThat(harness.room().timeline().item()).isEqualTo(2);
    assertThat(harness.room().queue().items()).hasSize(1);
    assertThat(shown(ann)).isEqualTo(1);
    assertThat(shown(bob)).isEqualTo(1);
  }

  @Test
  void QU8_AT1_instance_that_is_overtaken_at_the_end_of_a_film_ends_it_no_second_time() {
    RuntimeHarness.Client bob = two.client(true);
    bob.join("Bob");
    add(ann, FILE, FILE, FILE);
    playFilmOf(10);
    long seq = harness.room().seq();
    two.store.overtake(() -> ann.chat("first"));
    harness.time.advance(13_000);

    assertThat(harness.room().timeline().item()).isEqualTo(2);
    assertThat(harness.room().queue().played()).hasSize(1);
    assertThat(harness.room().seq()).isEqualTo(seq + 2);
    assertThat(shown(ann)).isEqualTo(2); // the first film, and the second
    assertThat(shown(bob)).isEqualTo(2);
  }

  @Test
  void QU8_film_ends_although_the_instance_of_its_host_is_gone() {
    RuntimeHarness.Client bob = two.client(true);
    bob.join("Bob");
    add(ann, FILE, FILE);
    playFilmOf(10);
    ann.lose();
    harness.time.advance(12_000);
    assertThat(harness.room().timeline().item()).isEqualTo(2);
    assertThat(shown(bob)).isPositive();
  }

  @Test
  void QU9_report_of_a_length_moves_the_end_of_a_film() {
    add(ann, FILE, FILE);
    ann.request(ClientEvent.PLAY_VIDEO, MemberRequests.play(RuntimeHarness.ROOM, 0));
    harness.time.advance(20_000);
    assertThat(harness.room().timeline().item()).isEqualTo(1);
    ann.report(report(ViewerReport.State.SYNCED, 10.0));
    harness.time.advance(100);
    assertThat(harness.room().timeline().item()).isEqualTo(2);
  }

  @Test
  void QU9_most_players_that_are_at_the_end_end_a_film_of_unknown_length() {
    add(ann, FILE, FILE);
    ann.request(ClientEvent.PLAY_VIDEO, MemberRequests.play(RuntimeHarness.ROOM, 0));
    harness.time.advance(20_000);
    ann.report(report(ViewerReport.State.ENDED, null));
    harness.time.advance(1_900);
    assertThat(harness.room().timeline().item()).isEqualTo(1);
    harness.time.advance(200);
    assertThat(harness.room().timeline().item()).isEqualTo(2);
  }

  @Test
  void QU10_film_that_fails_for_all_is_followed_by_the_next_one() {
    add(ann, FILE, FILE, FILE);
    playFilmOf(1);
    harness.time.advance(3_000);
    ann.ready(harness.room().timeline().seq());
    harness.time.advance(1_000);
    ann.report(report(ViewerReport.State.FAILED, null));
    harness.time.advance(8_100);
    assertThat(harness.room().timeline().item()).isEqualTo(3);
    assertThat(harness.room().queue().played().getLast().failed()).isTrue();
  }

  @Test
  void QU11_films_of_providers_are_looked_up_once_by_the_instance_that_added_them() {
    lookUp();
    RuntimeHarness.Client bob = two.client(true);
    bob.join("Bob");
    add(ann, FILE, VIDEO, FILE);
    assertThat(current().title()).isEqualTo("file");
    assertThat(titles()).containsExactly(null, "file");
    assertThat(lookedUp).hasSize(1);
    bob.takeEvents();
    lookups.getFirst().complete(new FilmDescription("A film", "https://i.example/a.jpg", 61));

    assertThat(titles()).containsExactly("A film", "file");
    QueueItem item = harness.room().queue().items().getFirst();
    assertThat(item.lookedUp()).isTrue();
    assertThat(item.poster()).isEqualTo("https://i.example/a.jpg");
    assertThat(item.duration()).isEqualTo(61);
    assertThat(bob.takeEvents()).containsExactly("queue-changed");
    ann.request(
        ClientEvent.QUEUE_NEXT,
        new ClientRequest.Command(
            RuntimeHarness.ROOM, (me, _, _) -> new QueueCommand.QueueNext(me)));
    assertThat(current().title()).isEqualTo("A film");
    assertThat(lookedUp).hasSize(1);
  }

  @Test
  void QU11_film_that_is_set_is_looked_up_and_has_the_title_of_its_file() {
    lookUp();
    ann.request(
        ClientEvent.SET_VIDEO,
        new ClientRequest.SetVideo(RuntimeHarness.ROOM, Media.parse(FILE).orElseThrow()));
    assertThat(current().title()).isEqualTo("file");
    ann.request(
        ClientEvent.SET_VIDEO,
        new ClientRequest.SetVideo(RuntimeHarness.ROOM, Media.parse(VIDEO).orElseThrow()));
    assertThat(current().title()).isNull();
    lookups.getFirst().complete(new FilmDescription("A film", null, 0));
    assertThat(current().title()).isEqualTo("A film");
    assertThat(current().duration()).isZero();
  }

  @Test
  void QU11_answers_for_films_and_rooms_that_are_gone_change_nothing() {
    lookUp();
    add(ann, VIDEO, VIDEO, VIDEO);
    ann.request(
        ClientEvent.QUEUE_CLEAR,
        new ClientRequest.Command(
            RuntimeHarness.ROOM, (me, _, _) -> new QueueCommand.QueueClear(me)));
    long seq = harness.room().seq();
    lookups.get(1).complete(new FilmDescription("A film", null, 0));
    lookups.get(0).complete(FilmDescription.EMPTY);
    assertThat(harness.room().seq()).isEqualTo(seq);
    ann.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(RuntimeHarness.ROOM));
    harness.time.advance(60_000);
    assertThat(one.service.liveRooms()).isZero();
    lookups.get(2).complete(new FilmDescription("A film", null, 0));
    assertThat(one.service.liveRooms()).isZero();
  }

  @Test
  void QU11_lookup_during_an_outage_is_dropped() {
    lookUp();
    add(ann, VIDEO);
    one.store.fail(new StoreUnavailableException("gone"), FaultyStore.Call.COMMIT);
    lookups.getFirst().complete(new FilmDescription("A film", null, 0));
    one.store.heal();
    harness.time.advance(10_000);
    assertThat(current().title()).isNull();
    assertThat(ann.chat("the store is back")).matches(ServerReply::ok);
  }
}
