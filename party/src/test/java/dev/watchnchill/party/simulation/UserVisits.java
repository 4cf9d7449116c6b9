package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.entry.EntryProof;
import dev.watchnchill.party.simulation.ScenarioContext.Situation;
import java.util.List;

/** Joins, lost connections, resumes and departures of the users, with checks of their results. */
final class UserVisits {
  private final ScenarioContext context;
  private final SimulatedRoom room;
  private final List<SimulatedUser> users;

  UserVisits(ScenarioContext context, SimulatedRoom room, List<SimulatedUser> users) {
    this.context = context;
    this.room = room;
    this.users = users;
  }

  void come(SimulatedUser user) {
    List<SimulatedUser> absent = users.stream().filter(p -> p != user && p.away()).toList();
    if (!absent.isEmpty() && context.random.nextInt(4) == 0) {
      impersonate(absent.get(context.random.nextInt(absent.size())));
    }
    Decision joined = join(user);
    assertThat(joined.rejection()).isNull();
    assertThat(room.isHost(user)).isEqualTo(user.token != null);
    context.record(Situation.CAME, user);
  }

  /** Lets another user join under the name of an away member (rules RS5 and JN3). */
  private void impersonate(SimulatedUser absent) {
    boolean host = room.isHost(absent);
    boolean creators = absent.token != null;
    UserId stranger = context.newUser();
    Decision tried =
        room.act(new RoomCommand.Join(absent.name, null, null, null, stranger, null, null));
    if (host || creators) {
      assertThat(tried.rejection()).isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
      context.record(Situation.IMPOSTOR_REFUSED, absent);
    } else {
      assertThat(tried.rejection()).isNull();
      absent.lostSeat();
      room.act(new RoomCommand.Leave(stranger));
      context.record(Situation.NAME_TAKEN_WHILE_AWAY, absent);
    }
  }

  void loseConnection(SimulatedUser user) {
    room.act(new RoomCommand.Disconnect(user.id()));
    long graceMs = SimulatedRoom.LIMITS.reconnectGraceMs();
    if (!user.extended) {
      user.lostSeat();
      context.record(Situation.BASE_CLIENT_REFRESHED, user);
      context.at(context.random.nextLong(2_000), () -> come(user, false));
      return;
    }
    user.lostAtMs = room.now();
    context.note("lost " + user);
    boolean inTime = context.random.nextInt(3) > 0;
    boolean refresh = context.random.nextBoolean();
    long awayMs =
        inTime
            ? context.random.nextLong(refresh ? 3_000 : graceMs)
            : graceMs + context.random.nextLong(2 * graceMs);
    var userId = user.id();
    boolean host = room.isHost(user);
    long lostAt = room.now();
    context.at(
        awayMs,
        () -> {
          if (user.seat == null || Long.valueOf(lostAt).equals(user.lostAtMs)) {
            comeBack(user, userId, host, inTime);
          }
        });
  }

  private void comeBack(SimulatedUser user, UserId userId, boolean wasHost, boolean inTime) {
    boolean dispossessed = user.seat == null;
    Decision back = join(user);
    assertThat(back.rejection()).isNull();
    var seat = back.joined();
    assertThat(seat).isNotNull();
    boolean resumed = seat != null && seat.kind() == SeatKind.RESUMED;
    assertThat(resumed).as("%s takes the seat back", user).isEqualTo(inTime && !dispossessed);
    if (resumed) {
      assertThat(user.id()).isEqualTo(userId);
      assertThat(!wasHost || room.isHost(user)).as("%s is still host", user).isTrue();
      context.record(
          wasHost ? Situation.HOST_CAME_BACK_IN_TIME : Situation.CAME_BACK_IN_TIME, user);
    } else {
      assertThat(user.id()).isNotEqualTo(userId);
      context.record(Situation.CAME_BACK_LATE, user);
    }
  }

  private void come(SimulatedUser user, boolean knownSeat) {
    if (user.seat != null) {
      return; // has returned already
    }
    assertThat(knownSeat).isFalse();
    come(user);
  }

  private Decision join(SimulatedUser user) {
    SecretHash brought = user.secret;
    UserId userId = context.newUser();
    SecretHash fresh = user.extended ? context.newSecret() : null;
    Decision joined =
        room.act(
            new RoomCommand.Join(
                user.name,
                user.token,
                brought,
                null,
                userId,
                fresh,
                null,
                user.identity,
                EntryProof.NONE));
    var seat = joined.joined();
    if (seat != null) {
      user.seat = seat.userId();
      user.secret = seat.kind() == SeatKind.RESUMED ? brought : fresh;
      user.lostAtMs = null;
    }
    return joined;
  }

  void leave(SimulatedUser user) {
    room.act(new RoomCommand.Leave(user.id()));
    user.lostSeat();
    context.record(Situation.LEFT, user);
  }

  void goForGood(SimulatedUser user) {
    if (context.random.nextBoolean()) {
      leave(user);
      return;
    }
    room.act(new RoomCommand.Disconnect(user.id()));
    if (user.extended) {
      user.lostAtMs = room.now();
    } else {
      user.lostSeat();
    }
  }
}
