package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.simulation.ScenarioWorld.Happening;
import java.util.List;

/** Joins, lost connections, resumes and departures of the users, with checks of their results. */
final class UserVisits {
  private final ScenarioWorld world;
  private final SimulatedRoom room;
  private final List<SimulatedUser> people;

  UserVisits(ScenarioWorld world, SimulatedRoom room, List<SimulatedUser> people) {
    this.world = world;
    this.room = room;
    this.people = people;
  }

  void come(SimulatedUser person) {
    List<SimulatedUser> absent = people.stream().filter(p -> p != person && p.away()).toList();
    if (!absent.isEmpty() && world.random.nextInt(4) == 0) {
      impersonate(absent.get(world.random.nextInt(absent.size())));
    }
    Decision joined = join(person);
    assertThat(joined.rejection()).isNull();
    assertThat(room.isHost(person)).isEqualTo(person.token != null);
    world.record(Happening.CAME, person);
  }

  /** Lets another user join under the name of an away member (rules RS5 and JN3). */
  private void impersonate(SimulatedUser absent) {
    boolean host = room.isHost(absent);
    boolean creators = absent.token != null;
    UserId stranger = world.newUser();
    Decision tried =
        room.act(new RoomCommand.Join(absent.name, null, null, null, stranger, null, null));
    if (host || creators) {
      assertThat(tried.rejection()).isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
      world.record(Happening.IMPOSTOR_REFUSED, absent);
    } else {
      assertThat(tried.rejection()).isNull();
      absent.lostSeat();
      room.act(new RoomCommand.Leave(stranger));
      world.record(Happening.NAME_TAKEN_WHILE_AWAY, absent);
    }
  }

  void loseConnection(SimulatedUser person) {
    room.act(new RoomCommand.Disconnect(person.user()));
    long graceMs = SimulatedRoom.LIMITS.reconnectGraceMs();
    if (!person.extended) {
      person.lostSeat();
      world.record(Happening.BASE_CLIENT_REFRESHED, person);
      world.at(world.random.nextLong(2_000), () -> come(person, false));
      return;
    }
    person.lostAtMs = room.now();
    world.note("lost " + person);
    boolean inTime = world.random.nextInt(3) > 0;
    boolean refresh = world.random.nextBoolean();
    long awayMs =
        inTime
            ? world.random.nextLong(refresh ? 3_000 : graceMs)
            : graceMs + world.random.nextLong(2 * graceMs);
    var user = person.user();
    boolean host = room.isHost(person);
    long lostAt = room.now();
    world.at(
        awayMs,
        () -> {
          if (person.seat == null || Long.valueOf(lostAt).equals(person.lostAtMs)) {
            comeBack(person, user, host, inTime);
          }
        });
  }

  private void comeBack(SimulatedUser person, UserId user, boolean wasHost, boolean inTime) {
    boolean dispossessed = person.seat == null;
    Decision back = join(person);
    assertThat(back.rejection()).isNull();
    var seat = back.joined();
    assertThat(seat).isNotNull();
    boolean resumed = seat != null && seat.kind() == SeatKind.RESUMED;
    assertThat(resumed).as("%s takes the seat back", person).isEqualTo(inTime && !dispossessed);
    if (resumed) {
      assertThat(person.user()).isEqualTo(user);
      assertThat(!wasHost || room.isHost(person)).as("%s is still host", person).isTrue();
      world.record(
          wasHost ? Happening.HOST_CAME_BACK_IN_TIME : Happening.CAME_BACK_IN_TIME, person);
    } else {
      assertThat(person.user()).isNotEqualTo(user);
      world.record(Happening.CAME_BACK_LATE, person);
    }
  }

  private void come(SimulatedUser person, boolean knownSeat) {
    if (person.seat != null) {
      return; // came in by another appointment
    }
    assertThat(knownSeat).isFalse();
    come(person);
  }

  private Decision join(SimulatedUser person) {
    SecretHash brought = person.secret;
    UserId user = world.newUser();
    SecretHash fresh = person.extended ? world.newSecret() : null;
    Decision joined =
        room.act(new RoomCommand.Join(person.name, person.token, brought, null, user, fresh, null));
    var seat = joined.joined();
    if (seat != null) {
      person.seat = seat.userId();
      person.secret = seat.kind() == SeatKind.RESUMED ? brought : fresh;
      person.lostAtMs = null;
    }
    return joined;
  }

  void leave(SimulatedUser person) {
    room.act(new RoomCommand.Leave(person.user()));
    person.lostSeat();
    world.record(Happening.LEFT, person);
  }

  void goForGood(SimulatedUser person) {
    if (world.random.nextBoolean()) {
      leave(person);
      return;
    }
    room.act(new RoomCommand.Disconnect(person.user()));
    if (person.extended) {
      person.lostAtMs = room.now();
    } else {
      person.lostSeat();
    }
  }
}
