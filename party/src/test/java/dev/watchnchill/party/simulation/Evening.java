package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.simulation.Stage.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One evening of one room: people with good and bad connections, from the first link to the last
 * light. The seed alone decides what happens.
 */
final class Evening {
  private static final long LENGTH_MS = 40L * 60_000;
  private static final List<String> NAMES =
      List.of("Ana", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gil");

  private final Stage stage;
  private final SimulatedRoom room;
  private final List<Person> people = new ArrayList<>();
  private final Visits visits;
  private final Players players;
  private final long endMs = RoomFixture.START + LENGTH_MS;

  Evening(long seed) {
    stage = new Stage(seed, RoomFixture.START);
    SecretHash token = SecretHash.of(RoomFixture.HOST_TOKEN);
    var creator = new Person("Hana", stage.random.nextInt(3) > 0, token);
    creator.seat = stage.newUser();
    creator.secret = creator.extended ? stage.newSecret() : null;
    people.add(creator);
    NAMES
        .subList(0, stage.random.nextInt(NAMES.size() + 1))
        .forEach(name -> people.add(new Person(name, stage.random.nextBoolean(), null)));
    room = new SimulatedRoom(creator, people);
    visits = new Visits(stage, room, people);
    players = new Players(stage, room, people);
    room.tells(players::hear);
    people.forEach(this::decideLater);
  }

  /** Plays it, and throws when anybody was wronged. */
  void play() {
    while (stage.nextMs() < endMs) {
      // What is due makes appointments of its own.
      long dueMs = room.dueMs();
      if (dueMs <= stage.nextMs()) {
        stage.passTo(dueMs);
        room.advanceTo(dueMs);
      } else {
        Runnable next = stage.next();
        room.advanceTo(stage.now());
        next.run();
      }
      if (room.closed()) {
        stage.saw(Happening.ENDED_BEFORE_ITS_TIME, "nobody came back");
        return;
      }
    }
    stage.passTo(endMs);
    room.advanceTo(endMs);
    for (Person person : people) {
      if (person.present() && !room.closed()) {
        visits.goForGood(person);
      }
    }
    room.endsAfterTheGraces();
    stage.saw(Happening.ENDED, "the lights are out");
  }

  List<String> diary() {
    return stage.diary();
  }

  Map<Happening, Integer> happenings() {
    return stage.happenings();
  }

  private void decideLater(Person person) {
    stage.at(
        1 + stage.random.nextLong(stage.random.nextInt(4) == 0 ? 400_000 : 60_000),
        () -> live(person));
  }

  private void live(Person person) {
    if (person.present()) {
      switch (stage.random.nextInt(20)) {
        case 0 -> visits.leave(person);
        case 1, 2, 3 -> visits.loseConnection(person);
        case 4 -> promoteSomebody(person);
        case 5, 6, 7, 8, 9 -> control(person);
        case 10, 11, 12 -> players.stall(person);
        case 13, 14 -> players.report(person);
        default -> speak(person);
      }
      decideLater(person);
    } else if (!person.away()) {
      visits.come(person);
      decideLater(person);
    } else {
      decideLater(person); // the return has an appointment of its own
    }
  }

  private void promoteSomebody(Person person) {
    List<Person> guests = people.stream().filter(room::isGuest).toList();
    if (room.isHost(person) && !guests.isEmpty()) {
      Person target = guests.get(stage.random.nextInt(guests.size()));
      room.act(new RoomCommand.Promote(person.user(), target.user()));
      assertThat(room.isHost(target)).isTrue();
      stage.saw(Happening.PROMOTED, target);
    }
  }

  private void control(Person person) {
    UserId user = person.user();
    double position = stage.random.nextInt(7_200);
    boolean ahead = person.extended;
    RoomCommand command =
        switch (stage.random.nextInt(10)) {
          case 0 -> new RoomCommand.SetVideo(user, RoomFixture.FILM);
          case 1 -> new RoomCommand.Play(user, position, ahead);
          case 2 -> new RoomCommand.Pause(user, position, ahead ? (double) room.now() : null);
          case 3, 6 -> new RoomCommand.Seek(user, position, ahead);
          case 4 -> new RoomCommand.ReportDuration(user, 7_200);
          case 5 -> new RoomCommand.SetRate(user, 0.25 * (1 + stage.random.nextInt(8)));
          case 7 -> players.policy(person);
          case 8 -> new RoomCommand.Play(user, position, ahead);
          default ->
              new RoomCommand.SyncCheck(user, position, stage.random.nextBoolean(), room.now());
        };
    boolean host = room.isHost(person);
    Decision controlled = room.act(command);
    assertThat(controlled.rejection()).isEqualTo(host ? null : Rejection.NOT_HOST);
    stage.saw(Happening.CONTROLLED, person);
  }

  private void speak(Person person) {
    int number = stage.number();
    var id = new UUID(3, number);
    Decision sent = room.act(new RoomCommand.SendMessage(person.user(), id, "hello " + number));
    assertThat(sent.rejection()).isNull();
    stage.saw(Happening.SPOKE, person);
  }
}
