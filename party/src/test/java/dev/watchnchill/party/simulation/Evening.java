package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.Refusal;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One evening of one room: people with good and bad connections, from the first link to the last
 * light. The seed alone decides what happens.
 */
final class Evening {
  private static final long LENGTH_MS = 40L * 60_000;
  private static final List<String> NAMES =
      List.of("Ana", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gil");

  /** What an evening can see; all of them together must have seen everything. */
  enum Happening {
    CAME,
    CAME_BACK_IN_TIME,
    HOST_CAME_BACK_IN_TIME,
    CAME_BACK_LATE,
    NAME_TAKEN_WHILE_AWAY,
    IMPOSTOR_REFUSED,
    BASE_CLIENT_REFRESHED,
    LEFT,
    PROMOTED,
    SPOKE,
    CONTROLLED,
    ENDED_BEFORE_ITS_TIME,
    ENDED
  }

  private record Appointment(long atMs, int order, Runnable what) {}

  private final SplittableRandom random;
  private final SimulatedRoom room;
  private final List<Person> people = new ArrayList<>();
  private final PriorityQueue<Appointment> appointments =
      new PriorityQueue<>((a, b) ->
          a.atMs() != b.atMs()
              ? Long.compare(a.atMs(), b.atMs())
              : Integer.compare(a.order(), b.order()));
  private final Map<Happening, Integer> happenings = new EnumMap<>(Happening.class);
  private final List<String> diary = new ArrayList<>();
  private final long endMs = RoomFixture.START + LENGTH_MS;
  private int counter;

  Evening(long seed) {
    random = new SplittableRandom(seed);
    SecretHash token = SecretHash.of(RoomFixture.HOST_TOKEN);
    var creator = new Person("Hana", random.nextInt(3) > 0, token);
    creator.seat = newUser();
    creator.secret = creator.extended ? newSecret() : null;
    people.add(creator);
    NAMES
        .subList(0, random.nextInt(NAMES.size() + 1))
        .forEach(name -> people.add(new Person(name, random.nextBoolean(), null)));
    room = new SimulatedRoom(creator, people);
    people.forEach(this::decideLater);
  }

  /** Plays it, and throws when anybody was wronged. */
  void play() {
    while (!appointments.isEmpty() && appointments.element().atMs() < endMs) {
      Appointment next = appointments.remove();
      room.advanceTo(next.atMs());
      if (room.closed()) {
        saw(Happening.ENDED_BEFORE_ITS_TIME, "nobody came back");
        return;
      }
      next.what().run();
    }
    room.advanceTo(endMs);
    for (Person person : people) {
      if (person.present() && !room.closed()) {
        goForGood(person);
      }
    }
    room.endsAfterTheGraces();
    saw(Happening.ENDED, "the lights are out");
  }

  List<String> diary() {
    return diary;
  }

  Map<Happening, Integer> happenings() {
    return Collections.unmodifiableMap(happenings);
  }

  private void decideLater(Person person) {
    at(1 + random.nextLong(random.nextInt(4) == 0 ? 400_000 : 60_000), () -> live(person));
  }

  private void live(Person person) {
    if (person.present()) {
      switch (random.nextInt(12)) {
        case 0 -> leave(person);
        case 1, 2, 3 -> loseConnection(person);
        case 4 -> promoteSomebody(person);
        case 5, 6, 7 -> control(person);
        default -> speak(person);
      }
      decideLater(person);
    } else if (!person.away()) {
      come(person);
      decideLater(person);
    } else {
      decideLater(person); // the return has an appointment of its own
    }
  }

  private void come(Person person) {
    List<Person> absent = people.stream().filter(p -> p != person && p.away()).toList();
    if (!absent.isEmpty() && random.nextInt(4) == 0) {
      impersonate(absent.get(random.nextInt(absent.size())));
    }
    Decision joined = join(person);
    assertThat(joined.refusal()).isNull();
    assertThat(room.isHost(person)).isEqualTo(person.token != null);
    saw(Happening.CAME, person);
  }

  /** A stranger asks for the name of somebody who is away (rules RS5 and JN3). */
  private void impersonate(Person absent) {
    boolean host = room.isHost(absent);
    boolean creators = absent.token != null;
    UserId stranger = newUser();
    Decision tried = room.act(new RoomCommand.Join(absent.name, null, null, null, stranger, null));
    if (host || creators) {
      assertThat(tried.refusal()).isEqualTo(Refusal.BAD_HOST_CREDENTIALS);
      saw(Happening.IMPOSTOR_REFUSED, absent);
    } else {
      assertThat(tried.refusal()).isNull();
      absent.lostSeat();
      room.act(new RoomCommand.Leave(stranger));
      saw(Happening.NAME_TAKEN_WHILE_AWAY, absent);
    }
  }

  private void loseConnection(Person person) {
    room.act(new RoomCommand.Drop(person.user()));
    long graceMs = SimulatedRoom.LIMITS.reconnectGraceMs();
    if (!person.extended) {
      person.lostSeat();
      saw(Happening.BASE_CLIENT_REFRESHED, person);
      at(random.nextLong(2_000), () -> come(person, false));
      return;
    }
    person.lostAtMs = room.now();
    diary.add(room.now() + " lost " + person);
    boolean inTime = random.nextInt(3) > 0;
    boolean refresh = random.nextBoolean();
    long awayMs =
        inTime
            ? random.nextLong(refresh ? 3_000 : graceMs)
            : graceMs + random.nextLong(2 * graceMs);
    var user = person.user();
    boolean host = room.isHost(person);
    long lostAt = room.now();
    at(
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
    assertThat(back.refusal()).isNull();
    var seat = back.seat();
    assertThat(seat).isNotNull();
    boolean resumed = seat != null && seat.kind() == SeatKind.RESUMED;
    assertThat(resumed).as("%s takes the seat back", person).isEqualTo(inTime && !dispossessed);
    if (resumed) {
      assertThat(person.user()).isEqualTo(user);
      assertThat(!wasHost || room.isHost(person)).as("%s is still host", person).isTrue();
      saw(wasHost ? Happening.HOST_CAME_BACK_IN_TIME : Happening.CAME_BACK_IN_TIME, person);
    } else {
      assertThat(person.user()).isNotEqualTo(user);
      saw(Happening.CAME_BACK_LATE, person);
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
    UserId user = newUser();
    SecretHash fresh = person.extended ? newSecret() : null;
    Decision joined =
        room.act(new RoomCommand.Join(person.name, person.token, brought, null, user, fresh));
    var seat = joined.seat();
    if (seat != null) {
      person.seat = seat.userId();
      person.secret = seat.kind() == SeatKind.RESUMED ? brought : fresh;
      person.lostAtMs = null;
    }
    return joined;
  }

  private void leave(Person person) {
    room.act(new RoomCommand.Leave(person.user()));
    person.lostSeat();
    saw(Happening.LEFT, person);
  }

  private void goForGood(Person person) {
    if (random.nextBoolean()) {
      leave(person);
      return;
    }
    room.act(new RoomCommand.Drop(person.user()));
    if (person.extended) {
      person.lostAtMs = room.now();
    } else {
      person.lostSeat();
    }
  }

  private void promoteSomebody(Person person) {
    List<Person> guests = people.stream().filter(room::isGuest).toList();
    if (room.isHost(person) && !guests.isEmpty()) {
      Person target = guests.get(random.nextInt(guests.size()));
      room.act(new RoomCommand.Promote(person.user(), target.user()));
      assertThat(room.isHost(target)).isTrue();
      saw(Happening.PROMOTED, target);
    }
  }

  private void control(Person person) {
    UserId user = person.user();
    double position = random.nextInt(7_200);
    boolean ahead = person.extended;
    RoomCommand command =
        switch (random.nextInt(6)) {
          case 0 -> new RoomCommand.SetVideo(user, RoomFixture.FILM);
          case 1 -> new RoomCommand.Play(user, position, ahead);
          case 2 -> new RoomCommand.Pause(user, position, ahead ? (double) room.now() : null);
          case 3 -> new RoomCommand.Seek(user, position, ahead);
          case 4 -> new RoomCommand.ReportDuration(user, 7_200);
          default -> new RoomCommand.SyncCheck(user, position, random.nextBoolean(), room.now());
        };
    boolean host = room.isHost(person);
    Decision controlled = room.act(command);
    assertThat(controlled.refusal()).isEqualTo(host ? null : Refusal.NOT_HOST);
    saw(Happening.CONTROLLED, person);
  }

  private void speak(Person person) {
    var id = new UUID(3, ++counter);
    Decision sent = room.act(new RoomCommand.SendMessage(person.user(), id, "hello " + counter));
    assertThat(sent.refusal()).isNull();
    saw(Happening.SPOKE, person);
  }

  private void at(long inMs, Runnable what) {
    appointments.add(new Appointment(room.now() + inMs, ++counter, what));
  }

  private void saw(Happening what, Object who) {
    happenings.merge(what, 1, Integer::sum);
    diary.add(room.now() + " " + what + " " + who);
  }

  private UserId newUser() {
    return new UserId(new UUID(1, ++counter));
  }

  private SecretHash newSecret() {
    return SecretHash.of("secret " + ++counter);
  }
}
