package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.simulation.ScenarioWorld.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * One scenario of one room: users with good and bad connections, from its creation to its end. The
 * source of chance alone decides what happens.
 */
final class RoomScenario {
  private static final long LENGTH_MS = 40L * 60_000;
  private static final List<String> NAMES =
      List.of("Ana", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gil");

  private final ScenarioWorld world;
  private final SimulatedRoom room;
  private final List<SimulatedUser> people = new ArrayList<>();
  private final UserVisits visits;
  private final SimulatedPlayers players;
  private final long endMs = RoomFixture.START + LENGTH_MS;

  RoomScenario(RandomGenerator random) {
    world = new ScenarioWorld(random, RoomFixture.START);
    SecretHash token = SecretHash.of(RoomFixture.HOST_TOKEN);
    var creator = new SimulatedUser("Hana", world.random.nextInt(3) > 0, token);
    creator.seat = world.newUser();
    creator.secret = creator.extended ? world.newSecret() : null;
    people.add(creator);
    NAMES
        .subList(0, world.random.nextInt(NAMES.size() + 1))
        .forEach(name -> people.add(new SimulatedUser(name, world.random.nextBoolean(), null)));
    room = new SimulatedRoom(creator, people);
    visits = new UserVisits(world, room, people);
    players = new SimulatedPlayers(world, room, people);
    room.tells(players::hear);
    people.forEach(this::decideLater);
  }

  /** Plays it, and throws when anybody was wronged. */
  void play() {
    while (world.nextMs() < endMs) {
      // A due action may schedule further ones.
      long dueMs = room.dueMs();
      if (dueMs <= world.nextMs()) {
        world.passTo(dueMs);
        room.advanceTo(dueMs);
      } else {
        Runnable next = world.next();
        room.advanceTo(world.now());
        next.run();
      }
      if (room.closed()) {
        world.record(Happening.ENDED_BEFORE_ITS_TIME, "nobody came back");
        return;
      }
    }
    world.passTo(endMs);
    room.advanceTo(endMs);
    for (SimulatedUser person : people) {
      if (person.present() && !room.closed()) {
        visits.goForGood(person);
      }
    }
    room.endsAfterTheGraces();
    world.record(Happening.ENDED, "all users have left");
  }

  List<String> log() {
    return world.log();
  }

  Map<Happening, Integer> happenings() {
    return world.happenings();
  }

  private void decideLater(SimulatedUser person) {
    world.at(
        1 + world.random.nextLong(world.random.nextInt(4) == 0 ? 400_000 : 60_000),
        () -> live(person));
  }

  private void live(SimulatedUser person) {
    if (person.present()) {
      switch (world.random.nextInt(20)) {
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

  private void promoteSomebody(SimulatedUser person) {
    List<SimulatedUser> guests = people.stream().filter(room::isGuest).toList();
    if (room.isHost(person) && !guests.isEmpty()) {
      SimulatedUser target = guests.get(world.random.nextInt(guests.size()));
      room.act(new RoomCommand.Promote(person.user(), target.user()));
      assertThat(room.isHost(target)).isTrue();
      world.record(Happening.PROMOTED, target);
    }
  }

  private void control(SimulatedUser person) {
    UserId user = person.user();
    double position = world.random.nextInt(7_200);
    boolean ahead = person.extended;
    RoomCommand command =
        switch (world.random.nextInt(10)) {
          case 0 -> new RoomCommand.SetVideo(user, RoomFixture.FILM);
          case 1 -> new RoomCommand.Play(user, position, ahead);
          case 2 -> new RoomCommand.Pause(user, position, ahead ? (double) room.now() : null);
          case 3, 6 -> new RoomCommand.Seek(user, position, ahead);
          case 4 -> new RoomCommand.ReportDuration(user, 7_200);
          case 5 -> new RoomCommand.SetRate(user, 0.25 * (1 + world.random.nextInt(8)));
          case 7 -> players.policy(person);
          case 8 -> new RoomCommand.Play(user, position, ahead);
          default ->
              new RoomCommand.SyncCheck(user, position, world.random.nextBoolean(), room.now());
        };
    boolean host = room.isHost(person);
    Decision controlled = room.act(command);
    assertThat(controlled.rejection()).isEqualTo(host ? null : Rejection.NOT_HOST);
    world.record(Happening.CONTROLLED, person);
  }

  private void speak(SimulatedUser person) {
    int number = world.number();
    var id = new UUID(3, number);
    Decision sent = room.act(new RoomCommand.SendMessage(person.user(), id, "hello " + number));
    assertThat(sent.rejection()).isNull();
    world.record(Happening.SPOKE, person);
  }
}
