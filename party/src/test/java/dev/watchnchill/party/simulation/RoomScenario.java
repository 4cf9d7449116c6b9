package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.simulation.ScenarioContext.Situation;
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

  private final ScenarioContext context;
  private final SimulatedRoom room;
  private final List<SimulatedUser> users = new ArrayList<>();
  private final UserVisits visits;
  private final SimulatedPlayers players;
  private final HostActions hostActions;
  private final QueueActions queue;
  private final long endMs = RoomFixture.START + LENGTH_MS;

  RoomScenario(RandomGenerator random) {
    context = new ScenarioContext(random, RoomFixture.START);
    SecretHash token = SecretHash.of(RoomFixture.HOST_TOKEN);
    var creator =
        new SimulatedUser("Hana", JoinRequest.identity(1, 1), context.random.nextInt(3) > 0, token);
    creator.seat = context.newUser();
    creator.secret = creator.extended ? context.newSecret() : null;
    users.add(creator);
    NAMES
        .subList(0, context.random.nextInt(NAMES.size() + 1))
        .forEach(name ->
            users.add(
                new SimulatedUser(
                    name,
                    JoinRequest.identity(1 + users.size(), 1 + users.size()),
                    context.random.nextBoolean(),
                    null)));
    room = new SimulatedRoom(creator, users);
    visits = new UserVisits(context, room, users);
    players = new SimulatedPlayers(context, room, users);
    hostActions = new HostActions(context, room, users);
    queue = new QueueActions(context, room);
    room.onTimelineChange(players::follow);
    users.forEach(this::decideLater);
  }

  /** Plays the scenario; throws when a result or a rule does not hold. */
  void play() {
    while (context.nextMs() < endMs) {
      // A due action may schedule further ones.
      long dueMs = room.dueMs();
      if (dueMs <= context.nextMs()) {
        context.passTo(dueMs);
        room.advanceTo(dueMs);
      } else {
        Runnable next = context.next();
        room.advanceTo(context.now());
        next.run();
      }
      if (room.closed()) {
        context.record(Situation.ENDED_BEFORE_ITS_TIME, "no user has returned");
        return;
      }
    }
    context.passTo(endMs);
    room.advanceTo(endMs);
    for (SimulatedUser user : users) {
      if (user.present() && !room.closed()) {
        visits.goForGood(user);
      }
    }
    room.endsAfterTheGraces();
    context.record(Situation.ENDED, "all users have left");
  }

  List<String> log() {
    return context.log();
  }

  Map<Situation, Integer> situations() {
    return context.situations();
  }

  private void decideLater(SimulatedUser user) {
    context.at(
        1 + context.random.nextLong(context.random.nextInt(4) == 0 ? 400_000 : 60_000),
        () -> act(user));
  }

  private void act(SimulatedUser user) {
    if (user.present()) {
      switch (context.random.nextInt(29)) {
        case 0 -> visits.leave(user);
        case 1, 2, 3 -> visits.loseConnection(user);
        case 4 -> promoteGuest(user);
        case 5, 6, 7, 8, 9 -> control(user);
        case 10, 11, 12 -> players.stall(user);
        case 13, 14 -> players.report(user);
        case 20, 21 -> hostActions.act(user);
        case 22 -> hostActions.undo(user);
        case 23, 24, 25, 26, 27, 28 -> queue.act(user);
        default -> chat(user);
      }
      decideLater(user);
    } else if (!user.away()) {
      visits.come(user);
      decideLater(user);
    } else {
      decideLater(user); // the return is scheduled already
    }
  }

  private void promoteGuest(SimulatedUser user) {
    List<SimulatedUser> guests = users.stream().filter(room::isGuest).toList();
    if (room.isHost(user) && !guests.isEmpty()) {
      SimulatedUser target = guests.get(context.random.nextInt(guests.size()));
      room.act(new RoomCommand.Promote(user.id(), target.id()));
      assertThat(room.isHost(target)).isTrue();
      context.record(Situation.PROMOTED, target);
    }
  }

  private void control(SimulatedUser user) {
    UserId userId = user.id();
    UUID id = new UUID(6, context.random.nextLong());
    double position = context.random.nextInt(7_200);
    boolean ahead = user.extended;
    RoomCommand command =
        switch (context.random.nextInt(10)) {
          case 0 -> new RoomCommand.SetVideo(userId, RoomFixture.FILM, id);
          case 1 -> new RoomCommand.Play(userId, position, ahead);
          case 2 -> new RoomCommand.Pause(userId, position, ahead ? (double) room.now() : null);
          case 3, 6 -> new RoomCommand.Seek(userId, position, ahead);
          case 4 -> new RoomCommand.ReportDuration(userId, 7_200);
          case 5 -> new RoomCommand.SetRate(userId, 0.25 * (1 + context.random.nextInt(8)));
          case 7 -> players.policy(user);
          case 8 -> new RoomCommand.Play(userId, position, ahead);
          default ->
              new RoomCommand.SyncCheck(userId, position, context.random.nextBoolean(), room.now());
        };
    boolean host = room.isHost(user);
    boolean shared = command instanceof RoomCommand.ControlCommand && hostActions.controlIsShared();
    Decision controlled = room.act(command);
    assertThat(controlled.rejection()).isEqualTo(host || shared ? null : Rejection.NOT_HOST);
    context.record(shared && !host ? Situation.GUEST_CONTROLLED : Situation.CONTROLLED, user);
  }

  private void chat(SimulatedUser user) {
    int number = context.number();
    var id = new UUID(3, number);
    Decision sent = room.act(new RoomCommand.SendMessage(user.id(), id, "hello " + number));
    assertThat(sent.rejection()).isEqualTo(user.muted ? Rejection.MUTED : null);
    context.record(user.muted ? Situation.MUTED_MESSAGE_REJECTED : Situation.CHATTED, user);
  }
}
