package dev.watchnchill.party.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.DeleteMessage;
import dev.watchnchill.party.RoomCommand.EditMessage;
import dev.watchnchill.party.RoomCommand.React;
import dev.watchnchill.party.RoomCommand.ReportLive;
import dev.watchnchill.party.RoomCommand.SendMessage;
import dev.watchnchill.party.RoomEvent.MessageDeleted;
import dev.watchnchill.party.RoomEvent.MessageEdited;
import dev.watchnchill.party.RoomEvent.MessageReacted;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomSettings;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules CH6 to CH9: replies, positions in the film, edits, deletions and reactions. */
class MessageChangeTest {
  private static final UUID FIRST = new UUID(0, 1);
  private static final UUID SECOND = new UUID(0, 2);
  private static final UUID UNKNOWN = new UUID(0, 99);

  private static final RoomSettings.Change HOSTS_ALONE =
      new RoomSettings.Change(
          null, false, null, null, RoomSettings.Who.HOSTS, null, null, null, null);

  private final RoomFixture room = RoomFixture.room().guest("Ben").guest("Cleo");

  private Decision send(String name, UUID id, @Nullable UUID replyTo) {
    return room.act(new SendMessage(room.id(name), id, "text", replyTo));
  }

  private void send(String name, UUID id) {
    room.act(new SendMessage(room.id(name), id, "text"));
  }

  private static RoomSettings.Change slowMode(int ms) {
    return new RoomSettings.Change(null, false, null, null, null, ms, null, null, null);
  }

  private Decision edit(String name, UUID id, String text) {
    return room.act(new EditMessage(room.id(name), id, text));
  }

  private Decision delete(String name, UUID id) {
    return room.act(new DeleteMessage(room.id(name), id));
  }

  private Decision react(String name, UUID id, String emoji, boolean on) {
    return room.act(new React(room.id(name), id, emoji, on));
  }

  private static String emoji(int number) {
    return Character.toString(0x1F600 + number);
  }

  private ChatMessage message(UUID id) {
    return Objects.requireNonNull(room.state().chat().find(id));
  }

  private static void assertUnchanged(Decision decision, Room before) {
    assertThat(decision.rejection()).isNull();
    assertThat(decision.events()).isEmpty();
    assertThat(decision.next()).isSameAs(before);
  }

  @Test
  void CH6_reply_names_a_message_of_the_log() {
    send("Ben", FIRST);

    assertThat(send("Cleo", SECOND, FIRST).rejection()).isNull();
    assertThat(message(SECOND).replyTo()).isEqualTo(FIRST);
    assertThat(send("Cleo", new UUID(0, 3), UNKNOWN).rejection())
        .isEqualTo(Rejection.MESSAGE_NOT_FOUND);
    delete("Ben", FIRST);
    assertThat(send("Cleo", new UUID(0, 3), FIRST).rejection())
        .isEqualTo(Rejection.MESSAGE_NOT_FOUND);
    assertThat(send("Cleo", SECOND, FIRST).rejection()).as("a retry").isNull();
  }

  @Test
  void CH6_message_says_where_the_film_was() {
    send("Ben", FIRST);
    room.withMedia(RoomFixture.FILM).playingFrom(10).later(2_500);
    double target = room.target();
    send("Ben", SECOND);

    assertThat(message(FIRST).film()).isNull();
    FilmMoment film = Objects.requireNonNull(message(SECOND).film());
    assertThat(film.url()).isEqualTo(RoomFixture.FILM.url());
    assertThat(film.item()).isEqualTo(Objects.requireNonNull(room.state().queue().current()).id());
    assertThat(film.position()).isEqualTo(Math.round(target * 1000) / 1000.0);
  }

  @Test
  void CH6_message_has_no_position_in_a_live_stream_and_no_long_link() {
    room.withMedia(RoomFixture.film("https://films.example/" + "a".repeat(600) + ".mp4"));
    send("Ben", FIRST);
    assertThat(Objects.requireNonNull(message(FIRST).film()).url()).isNull();

    room.act(new ReportLive(room.id("Hana"), room.timeline().item(), 500.0, null));
    send("Ben", SECOND);
    assertThat(message(SECOND).film()).isNull();
  }

  @Test
  void CH7_sender_changes_the_text() {
    send("Ben", FIRST);
    room.later(5);

    Decision edited = edit("Ben", FIRST, "better");

    assertThat(edited.events())
        .containsExactly(
            new MessageEdited(edited.next().seq(), FIRST, "better", room.now(), room.id("Ben")));
    assertThat(message(FIRST).text()).isEqualTo("better");
    assertThat(message(FIRST).editedAtMs()).isEqualTo(room.now());
    assertUnchanged(edit("Ben", FIRST, "better"), room.state());
  }

  @Test
  void CH7_nobody_changes_what_another_has_written() {
    send("Ben", FIRST);

    for (String other : new String[] {"Cleo", "Hana"}) {
      assertThat(edit(other, FIRST, "mine").rejection()).isEqualTo(Rejection.NOT_YOUR_MESSAGE);
    }
    assertThat(edit("Ben", UNKNOWN, "x").rejection()).isEqualTo(Rejection.MESSAGE_NOT_FOUND);
    delete("Ben", FIRST);
    assertThat(edit("Ben", FIRST, "x").rejection()).isEqualTo(Rejection.MESSAGE_NOT_FOUND);
  }

  @Test
  void CH7_who_may_not_write_may_not_edit_and_slow_mode_counts_no_edits() {
    room.withSettings(slowMode(5_000));
    room.later(10_000);
    send("Ben", FIRST);
    assertThat(edit("Ben", FIRST, "one").rejection()).isNull();
    room.later(5_000);
    assertThat(send("Ben", SECOND, null).rejection()).isNull();

    room.mute("Hana", "Ben", true);
    assertThat(edit("Ben", FIRST, "two").rejection()).isEqualTo(Rejection.MUTED);
    room.mute("Hana", "Ben", false);
    room.withSettings(HOSTS_ALONE);
    assertThat(edit("Ben", FIRST, "two").rejection()).isEqualTo(Rejection.CHAT_CLOSED);
  }

  @Test
  void CH8_sender_and_hosts_delete_and_nothing_is_left() {
    room.withMedia(RoomFixture.FILM);
    send("Ben", FIRST);
    send("Ben", SECOND, FIRST);
    react("Cleo", SECOND, emoji(1), true);
    edit("Ben", SECOND, "more");

    assertThat(delete("Cleo", SECOND).rejection()).isEqualTo(Rejection.NOT_YOUR_MESSAGE);
    Decision deleted = delete("Hana", SECOND);

    assertThat(deleted.events())
        .containsExactly(new MessageDeleted(deleted.next().seq(), SECOND, room.id("Hana")));
    ChatMessage left = message(SECOND);
    assertThat(left.deleted()).isTrue();
    assertThat(left.text()).isEmpty();
    assertThat(left.replyTo()).isNull();
    assertThat(left.film()).isNull();
    assertThat(left.editedAtMs()).isZero();
    assertThat(left.reactions()).isEqualTo(Reactions.NONE);
    assertUnchanged(delete("Ben", SECOND), room.state());
    room.mute("Hana", "Ben", true);
    assertThat(delete("Ben", FIRST).rejection()).isNull();
    assertThat(delete("Ben", UNKNOWN).rejection()).isEqualTo(Rejection.MESSAGE_NOT_FOUND);
  }

  @Test
  void CH9_reaction_is_counted_once_and_taken_back() {
    send("Ben", FIRST);

    Decision reacted = react("Cleo", FIRST, emoji(1), true);

    assertThat(reacted.events()).containsExactly(new MessageReacted(reacted.next().seq(), FIRST));
    assertUnchanged(react("Cleo", FIRST, emoji(1), true), room.state());
    react("Ben", FIRST, emoji(1), true);
    assertThat(message(FIRST).reactions().tallies())
        .singleElement()
        .satisfies(tally -> {
          assertThat(tally.count()).isEqualTo(2);
          assertThat(tally.first())
              .extracting(Reactions.Reactor::userId)
              .containsExactly(room.id("Cleo"), room.id("Ben"));
        });
    react("Cleo", FIRST, emoji(1), false);
    assertUnchanged(react("Cleo", FIRST, emoji(1), false), room.state());
    room.leave("Ben");
    assertThat(message(FIRST).reactions().tallies()).hasSize(1);
  }

  @Test
  void CH9_reactions_are_bounded() {
    RoomFixture big = RoomFixture.room(Limits.DEFAULT);
    big.act(new SendMessage(big.id("Hana"), FIRST, "text"));
    for (int i = 0; i < 4; i++) {
      big.guest("Guest " + i);
      for (int j = 0; j < 5; j++) {
        assertThat(react(big, "Guest " + i, 5 * i + j)).isNull();
      }
    }
    assertThat(react(big, "Guest 0", 19)).isEqualTo(Rejection.TOO_MANY_REACTIONS);
    assertThat(react(big, "Hana", 20)).isEqualTo(Rejection.TOO_MANY_REACTIONS);
    assertThat(react(big, "Hana", 19)).isNull();
  }

  private static @Nullable Rejection react(RoomFixture room, String name, int number) {
    return room.act(new React(room.id(name), FIRST, emoji(number), true)).rejection();
  }

  @Test
  void CH9_members_that_had_it_first_are_named() {
    RoomFixture big = RoomFixture.room(Limits.DEFAULT);
    big.act(new SendMessage(big.id("Hana"), FIRST, "text"));
    IntStream.range(0, 30).forEach(i -> big.guest("Guest " + i));
    IntStream.range(0, 30).forEach(i -> react(big, "Guest " + i, 1));
    big.act(new React(big.id("Guest 3"), FIRST, emoji(1), false));

    Reactions.Tally tally =
        Objects.requireNonNull(big.state().chat().find(FIRST)).reactions().tallies().getFirst();

    assertThat(tally.count()).isEqualTo(29);
    assertThat(tally.first())
        .hasSize(20)
        .extracting(Reactions.Reactor::userId)
        .doesNotContain(big.id("Guest 3"))
        .endsWith(big.id("Guest 20"));
  }

  @Test
  void CH9_muted_members_and_deleted_messages_get_no_reaction_and_a_closed_chat_does() {
    send("Ben", FIRST);
    room.withSettings(HOSTS_ALONE);
    assertThat(react("Cleo", FIRST, emoji(1), true).rejection()).isNull();
    room.mute("Hana", "Cleo", true);
    assertThat(react("Cleo", FIRST, emoji(2), true).rejection()).isEqualTo(Rejection.MUTED);
    assertThat(react("Cleo", FIRST, emoji(1), false).rejection()).isEqualTo(Rejection.MUTED);
    assertThat(react("Ben", UNKNOWN, emoji(1), true).rejection())
        .isEqualTo(Rejection.MESSAGE_NOT_FOUND);
    delete("Hana", FIRST);
    assertThat(react("Ben", FIRST, emoji(1), true).rejection())
        .isEqualTo(Rejection.MESSAGE_NOT_FOUND);
  }

  @Test
  void JN8_joiner_finds_changed_messages_in_the_room() {
    send("Ben", FIRST);
    edit("Ben", FIRST, "new");

    Decision joined = room.join(JoinRequest.as("Dora"));

    assertThat(joined.next().chat().get(0).text()).isEqualTo("new");
  }
}
