package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.RoomState;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import dev.watchnchill.server.wire.SubtitleEntry;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shared subtitles on one and on several instances (SB). */
final class SubtitleRuntimeTest {
  private static final Media FILM = Media.parse("https://films.example/one.mp4").orElseThrow();
  private static final Media OTHER = Media.parse("https://films.example/two.mp4").orElseThrow();

  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance one = harness.new Instance();
  private final RuntimeHarness.Instance two = harness.new Instance();
  private final RuntimeHarness.Client ann = one.client(true).create("Ann");
  private final RuntimeHarness.Client bob = two.client(true);

  SubtitleRuntimeTest() {
    bob.join("Bob");
    show(FILM);
  }

  private void show(Media film) {
    ann.request(ClientEvent.SET_VIDEO, MemberRequests.setVideo(RuntimeHarness.ROOM, film));
  }

  private static ClientRequest.ListedTrack track(ClientRequest.TrackSource source) {
    return new ClientRequest.ListedTrack("English", "en", source);
  }

  private static ServerReply set(
      RuntimeHarness.Client client, @Nullable String film, ClientRequest.TrackSource... sources) {
    var tracks = List.of(sources).stream().map(SubtitleRuntimeTest::track).toList();
    return client.request(
        ClientEvent.SET_SUBTITLES,
        new ClientRequest.SetSubtitles(RuntimeHarness.ROOM, tracks, film));
  }

  private static ServerReply upload(RuntimeHarness.Client client, int part, String text) {
    return client.request(
        ClientEvent.UPLOAD_SUBTITLES,
        new ClientRequest.UploadSubtitles(RuntimeHarness.ROOM, part, text));
  }

  private static ServerReply get(RuntimeHarness.Client client, UUID track, int part) {
    return client.request(
        ClientEvent.GET_SUBTITLES,
        new ClientRequest.GetSubtitles(RuntimeHarness.ROOM, track, part));
  }

  private static void assertText(ServerReply reply, String text) {
    assertThat(reply).isInstanceOf(ServerReply.SubtitlePart.class);
    assertThat(((ServerReply.SubtitlePart) reply).text()).hasToString("\"" + text + "\"");
  }

  private static void assertRejected(ServerReply reply, ErrorCode code) {
    assertThat(reply).isInstanceOf(ServerReply.Failed.class);
    assertThat(((ServerReply.Failed) reply).problem().code()).isEqualTo(code);
  }

  private UUID share(String... parts) {
    for (int i = 0; i < parts.length; i++) {
      assertThat(upload(ann, i, parts[i])).matches(ServerReply::ok);
    }
    ServerReply reply = set(ann, FILM.url(), new ClientRequest.UploadedTrack(parts.length));
    assertThat(reply).isInstanceOf(ServerReply.Shared.class);
    return ((ServerReply.Shared) reply).trackIds().getFirst();
  }

  private static @Nullable List<SubtitleEntry> changed(RuntimeHarness.Client client) {
    return client.received.stream()
        .map(RuntimeHarness.Client.Received::payload)
        .filter(ServerMessage.SubtitlesChanged.class::isInstance)
        .map(payload -> ((ServerMessage.SubtitlesChanged) payload).tracks())
        .reduce((_, last) -> last)
        .orElse(null);
  }

  @Test
  void SB6_text_that_one_instance_was_given_is_read_on_another_part_by_part() {
    UUID track = share("one ", "two");
    assertThat(changed(bob)).containsExactly(new SubtitleEntry(track, "English", "en", null, 2, 7));
    assertText(get(bob, track, 0), "one ");
    assertText(get(bob, track, 1), "two");
    assertRejected(get(bob, track, 2), ErrorCode.TRACK_NOT_FOUND);
  }

  @Test
  void SB3_late_joiner_has_the_list_and_a_base_client_nothing_of_it() {
    UUID track = share("text");
    assertThat(joined(two.client(true), "Cleo").subtitles())
        .extracting(SubtitleEntry::trackId)
        .containsExactly(track);
    assertThat(joined(two.client(false), "Dora").subtitles()).isNull();
  }

  private static RoomState joined(RuntimeHarness.Client late, String name) {
    late.join(name);
    return late.received.stream()
        .map(RuntimeHarness.Client.Received::payload)
        .filter(ServerMessage.RoomJoined.class::isInstance)
        .map(payload -> ((ServerMessage.RoomJoined) payload).room())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void SB6_store_is_asked_once_for_all_readers_of_an_instance() {
    UUID track = share("text");
    get(bob, track, 0);
    two.store.fail(new StoreUnavailableException("away"), FaultyStore.Call.LOAD);
    assertText(get(bob, track, 0), "text");
  }

  @Test
  void SB6_outage_is_answered_and_the_text_is_read_after_it() {
    UUID track = share("text");
    two.store.fail(new StoreUnavailableException("away"), FaultyStore.Call.LOAD);
    assertRejected(get(bob, track, 0), ErrorCode.UNAVAILABLE);
    two.store.heal();
    assertText(get(bob, track, 0), "text");
  }

  @Test
  void SB4_next_film_ends_the_subtitles_and_their_texts() {
    UUID track = share("text");
    show(OTHER);
    assertThat(changed(bob)).isEmpty();
    assertRejected(get(bob, track, 0), ErrorCode.TRACK_NOT_FOUND);
    assertThat(harness.memory.text(RuntimeHarness.ROOM, track).join()).isNull();
  }

  @Test
  void SB1_guests_neither_share_nor_upload() {
    assertRejected(set(bob, null), ErrorCode.NOT_HOST);
    assertRejected(upload(bob, 0, "text"), ErrorCode.NOT_HOST);
  }

  @Test
  void SB6_only_members_read_a_text() {
    UUID track = share("text");
    RuntimeHarness.Client stranger = one.client(true);
    assertRejected(get(stranger, track, 0), ErrorCode.NOT_AUTHENTICATED);
    bob.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(RuntimeHarness.ROOM));
    assertRejected(get(bob, track, 0), ErrorCode.NOT_AUTHENTICATED);
  }

  @Test
  void SB2_upload_that_is_not_whole_is_not_shared() {
    upload(ann, 0, "one");
    assertRejected(set(ann, null, new ClientRequest.UploadedTrack(2)), ErrorCode.UPLOAD_INCOMPLETE);
    assertThat(set(ann, null, new ClientRequest.UploadedTrack(1))).matches(ServerReply::ok);
    assertRejected(set(ann, null, new ClientRequest.UploadedTrack(1)), ErrorCode.UPLOAD_INCOMPLETE);
    upload(ann, 0, "one");
    String token = ann.token();
    ann.lose();
    RuntimeHarness.Client again = one.client(true);
    again.join("Ann", token);
    assertRejected(
        set(again, null, new ClientRequest.UploadedTrack(1)), ErrorCode.UPLOAD_INCOMPLETE);
  }

  @Test
  void SB1_subtitles_for_a_film_that_is_not_shown_any_more_are_rejected() {
    show(OTHER);
    assertRejected(
        set(ann, FILM.url(), new ClientRequest.LinkedTrack("https://s.example/a.srt")),
        ErrorCode.FILM_CHANGED);
  }

  @Test
  void SB1_short_text_and_address_need_no_upload_and_shared_tracks_are_kept() {
    UUID first = share("text");
    String text = "x".repeat(20_000);
    ServerReply reply =
        set(
            ann,
            null,
            new ClientRequest.SharedTrack(first),
            new ClientRequest.WrittenTrack(text),
            new ClientRequest.LinkedTrack("https://s.example/a.srt"));
    List<UUID> ids = ((ServerReply.Shared) reply).trackIds();
    assertThat(ids).hasSize(3).startsWith(first);
    assertThat(harness.room().subtitles())
        .extracting(SubtitleTrack::source)
        .containsExactly(
            new SubtitleTrack.Text(1, 4),
            new SubtitleTrack.Text(2, 20_000),
            new SubtitleTrack.Address("https://s.example/a.srt"));
    assertText(get(bob, first, 0), "text");
    assertText(get(bob, ids.get(1), 1), "x".repeat(4_000));
    assertRejected(get(bob, ids.get(2), 0), ErrorCode.TRACK_NOT_FOUND);
  }
}
