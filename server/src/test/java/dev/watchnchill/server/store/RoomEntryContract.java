package dev.watchnchill.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Jump;
import dev.watchnchill.server.store.codec.OlderRooms;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of every store for what the hosts of a room decide: settings, bans, mutes. */
public abstract class RoomEntryContract extends RoomStoreContract {
  private Room guarded() {
    Room room = created();
    Room next = OlderRooms.guarded(room);
    assertCommitted(room, next);
    return next;
  }

  /** Commits a change, and checks that the store and every copy have it. */
  void assertCommitted(Room before, Room next) {
    assertThat(store.commit(before, next, List.of())).isTrue();
    assertThat(store.load(ID)).isEqualTo(next);
    List<RoomStore.Committed> changes = store.since(ID, RoomStore.Revision.of(before));
    assertThat(changes).isNotNull().hasSize(1);
    assertThat(Objects.requireNonNull(changes).getFirst().update().applyTo(before)).isEqualTo(next);
  }

  @Test
  void room_with_settings_and_entry_control_is_found_as_it_was() {
    Room room = OlderRooms.guarded(room(ID));
    assertThat(store.create(room)).isTrue();
    assertThat(store.load(ID)).isEqualTo(room);
  }

  @Test
  void commit_of_the_entry_state_alone_replaces_each_part_of_it() {
    Room room = guarded();
    var full = room.entry();
    var user = new UserId(new UUID(9, 9));
    for (var entry :
        List.of(
            full.withKnocks(List.of()),
            full.withKnocks(List.of()).withPassword(null),
            full.withInvitations(full.invitations().subList(1, 2)),
            full.withBans(full.bans().subList(5, 199), List.of()),
            full.withMuted(List.of()),
            full.withRemoved(List.of(user)))) {
      Room next = room.changed(nowMs()).withEntry(entry);
      assertCommitted(room, next);
      room = next;
    }
  }

  @Test
  void commit_that_empties_the_entry_state_keeps_the_secret() {
    Room room = guarded();
    Room plain = room.changed(nowMs()).withEntry(OlderRooms.entry(room.entry().secret(), 0));
    assertCommitted(room, plain);
    var empty =
        plain
            .entry()
            .withPassword(null)
            .withKnocks(List.of())
            .withInvitations(List.of())
            .withBans(List.of(), List.of())
            .withMuted(List.of())
            .withRemoved(List.of());
    assertThat(empty.isPlain()).isTrue();
    assertCommitted(plain, plain.changed(nowMs()).withEntry(empty));
  }

  @Test
  void commit_of_the_settings_alone_leaves_the_entry_state() {
    Room room = guarded();
    Room next = room.changed(nowMs()).withSettings(RoomSettings.DEFAULT);
    assertCommitted(room, next);
  }

  @Test
  void commit_of_the_mute_of_a_member_alone_leaves_the_entry_state() {
    Room room = guarded();
    Member host = room.members().list().getFirst();
    var members = room.members().with(host.asMuted(false));
    assertCommitted(room, room.changed(nowMs()).withMembers(members, nowMs()));
  }

  @Test
  void commit_of_the_last_jump_and_of_the_host_token_alone() {
    Room room = guarded();
    Room jumped = room.changed(nowMs()).withJump(new Jump(3, 0.1, 5, HOST));
    assertCommitted(room, jumped);
    Room undone = jumped.changed(nowMs()).withJump(null);
    assertCommitted(jumped, undone);
    assertCommitted(undone, undone.changed(nowMs()).withHostToken(null));
  }

  @Test
  void commits_of_other_things_leave_the_entry_state() {
    Room room = guarded();
    Member host = room.members().list().getFirst();
    var members = room.members().with(host.asMuted(false));
    Room heard = room.changed(nowMs()).withMembers(members, nowMs());
    assertCommitted(room, heard);
    Room said = say(heard, "hello").next();
    assertThat(said.chat().messages()).hasSize(1);
    assertCommitted(heard, said);
    assertThat(loaded().entry()).isEqualTo(room.entry());
  }

  @Test
  void of_entry_states_that_change_at_once_none_is_lost() {
    Room first = guarded();
    var users = new AtomicInteger();
    atOnce(
        8,
        () -> {
          var user = new UserId(new UUID(8, users.incrementAndGet()));
          while (true) {
            Room room = loaded();
            var removed = new ArrayList<>(room.entry().removed());
            removed.add(user);
            Room next = room.changed(nowMs()).withEntry(room.entry().withRemoved(removed));
            if (store.commit(room, next, List.of())) {
              return true;
            }
          }
        });
    Room last = loaded();
    assertThat(last.entry().removed()).hasSize(first.entry().removed().size() + 8);
    assertThat(last.entry().withRemoved(List.of())).isEqualTo(first.entry().withRemoved(List.of()));
  }

  @Test
  void room_of_a_freed_id_has_nothing_of_the_last_one() {
    Room room = guarded();
    Room over = room.changed(nowMs()).asClosed();
    var end = new RoomEvent.RoomClosed(over.seq(), RoomEvent.ClosureReason.EMPTY);
    assertThat(store.commit(room, over, List.of(end))).isTrue();
    Room open = created();
    assertThat(store.load(ID)).isEqualTo(open);
    assertThat(loaded().entry().isPlain()).isTrue();
  }
}
