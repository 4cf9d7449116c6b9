package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.simulation.Stage.Happening;
import java.util.List;

/** How people come, lose their connection, come back and go, and what they are owed then. */
final class Visits {
  private final Stage stage;
  private final SimulatedRoom room;
  private final List<Person> people;

  Visits(Stage stage, SimulatedRoom room, List<Person> people) {
    this.stage = stage;
    this.room = room;
    this.people = people;
  }

  void come(Person person) {
    List<Person> absent = people.stream().filter(p -> p != person && p.away()).toList();
    if (!absent.isEmpty() && stage.random.nextInt(4) == 0) {
      impersonate(absent.get(stage.random.nextInt(absent.size())));
    }
    Decision joined = join(person);
    assertThat(joined.rejection()).isNull();
    assertThat(room.isHost(person)).isEqualTo(person.token != null);
    stage.saw(Happening.CAME, person);
  }

  /** A stranger asks for the name of somebody who is away (rules RS5 and JN3). */
  private void impersonate(Person absent) {
    boolean host = room.isHost(absent);
    boolean creators = absent.token != null;
    UserId stranger = stage.newUser();
    Decision tried =
        room.act(new RoomCommand.Join(absent.name, null, null, null, stranger, null, null));
    if (host || creators) {
      assertThat(tried.rejection()).isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
      stage.saw(Happening.IMPOSTOR_REFUSED, absent);
    } else {
      assertThat(tried.rejection()).isNull();
      absent.lostSeat();
      room.act(new RoomCommand.Leave(stranger));
      stage.saw(Happening.NAME_TAKEN_WHILE_AWAY, absent);
    }
  }

  void loseConnection(Person person) {
    room.act(new RoomCommand.Disconnect(person.user()));
    long graceMs = SimulatedRoom.LIMITS.reconnectGraceMs();
    if (!person.extended) {
      person.lostSeat();
      stage.saw(Happening.BASE_CLIENT_REFRESHED, person);
      stage.at(stage.random.nextLong(2_000), () -> come(person, false));
      return;
    }
    person.lostAtMs = room.now();
    stage.note("lost " + person);
    boolean inTime = stage.random.nextInt(3) > 0;
    boolean refresh = stage.random.nextBoolean();
    long awayMs =
        inTime
            ? stage.random.nextLong(refresh ? 3_000 : graceMs)
            : graceMs + stage.random.nextLong(2 * graceMs);
    var user = person.user();
    boolean host = room.isHost(person);
    long lostAt = room.now();
    stage.at(
        awayMs,
        () -> {
          if (person.seat == null || Long.valueOf(lostAt).equals(person.lostAtMs)) {
            comeBack(person, user, host, inTime);
          }
        });
  }

  private void comeBack(Person person, UserId user, boolean wasHost, boolean inTime) {
    boolean dispossessed = person.seat == null;
    Decision back = join(person);
    assertThat(back.rejection()).isNull();
    var seat = back.seat();
    assertThat(seat).isNotNull();
    boolean resumed = seat != null && seat.kind() == SeatKind.RESUMED;
    assertThat(resumed).as("%s takes the seat back", person).isEqualTo(inTime && !dispossessed);
    if (resumed) {
      assertThat(person.user()).isEqualTo(user);
      assertThat(!wasHost || room.isHost(person)).as("%s is still host", person).isTrue();
      stage.saw(wasHost ? Happening.HOST_CAME_BACK_IN_TIME : Happening.CAME_BACK_IN_TIME, person);
    } else {
      assertThat(person.user()).isNotEqualTo(user);
      stage.saw(Happening.CAME_BACK_LATE, person);
    }
  }

  private void come(Person person, boolean knownSeat) {
    if (person.seat != null) {
      return; // came in by another appointment
    }
    assertThat(knownSeat).isFalse();
    come(person);
  }

  private Decision join(Person person) {
    SecretHash brought = person.secret;
    UserId user = stage.newUser();
    SecretHash fresh = person.extended ? stage.newSecret() : null;
    Decision joined =
        room.act(new RoomCommand.Join(person.name, person.token, brought, null, user, fresh, null));
    var seat = joined.seat();
    if (seat != null) {
      person.seat = seat.userId();
      person.secret = seat.kind() == SeatKind.RESUMED ? brought : fresh;
      person.lostAtMs = null;
    }
    return joined;
  }

  void leave(Person person) {
    room.act(new RoomCommand.Leave(person.user()));
    person.lostSeat();
    stage.saw(Happening.LEFT, person);
  }

  void goForGood(Person person) {
    if (stage.random.nextBoolean()) {
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
