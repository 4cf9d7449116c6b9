package dev.watchnchill.server.runtime;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerReply;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random actions of users, and random faults of a simulated world. */
final class SimChaos {
  /** No more than the history holds, so that every acknowledged message can be looked for. */
  private static final int MESSAGES_MAX = 18;

  private final SimWorld world;
  private final RandomGenerator random;
  private int said;
  private int saidNow;

  /**
   * Whether the store has lost changes that no instance had to keep, which excuses lost results.
   */
  private boolean excused;

  private long calmUntilMs;
  private boolean somebodyDied;

  SimChaos(SimWorld world) {
    this.world = world;
    this.random = world.random;
  }

  boolean excused() {
    return excused;
  }

  /** Some seconds in which anything may happen. */
  void rage(int steps) {
    saidNow = 0;
    excused = false;
    somebodyDied = false;
    for (int i = 0; i < steps; i++) {
      if (random.nextInt(3) == 0) {
        fault();
      } else {
        people();
      }
      world.time.advance(random.nextInt(5) == 0 ? random.nextInt(3_000) : random.nextInt(300));
    }
  }

  /** Ends all faults, and lets clients and instances recover. */
  void quiet() {
    world.note("-- quiet");
    world.time.advance(Math.max(0, calmUntilMs - world.time.nowMs()));
    if (world.living().isEmpty()) {
      world.newServer();
    }
    world.servers.forEach(server -> server.diesOnCommand = false);
    for (SimServer server : world.living()) {
      server.link.mend();
      server.goOn();
    }
    world.time.advance(25_000);
    world.servers.forEach(server -> server.troubled = false);
  }

  private void people() {
    SimPerson person = world.any(world.people);
    SimClient tab = person.tab;
    SimView view = tab == null || !tab.connected ? null : tab.view;
    switch (random.nextInt(12)) {
      case 0 -> {
        world.note(person.name + " loses the line");
        person.lose(random.nextInt(3) == 0 ? random.nextInt(4_000) : 0);
      }
      case 1 -> {
        if (person.wants) {
          world.note(person.name + " leaves");
          person.leave();
        }
      }
      case 2, 3 -> person.wants = true;
      case 4, 5, 6, 7 -> {
        if (saidNow < MESSAGES_MAX && person.wants) {
          saidNow++;
          String text = "m" + said++;
          world.note(person.name + " says " + text);
          person.chat(text);
        }
      }
      default -> {
        if (tab != null && view != null) {
          player(person, tab, view);
        }
      }
    }
  }

  private void player(SimPerson person, SimClient tab, SimView view) {
    double position = random.nextInt(500);
    int dice = random.nextInt(7);
    world.note(person.name + " moves " + dice);
    switch (dice) {
      case 0 ->
          say(
              tab,
              ClientEvent.SET_VIDEO,
              MemberRequests.setVideo(
                  view.roomId,
                  Media.parse("https://films.example/" + random.nextInt(9) + ".mp4")
                      .orElseThrow()));
      case 1 ->
          tab.say(
              ClientEvent.PLAY_VIDEO,
              MemberRequests.play(view.roomId, position),
              result -> acted(tab, view, result, true));
      case 2 ->
          tab.say(
              ClientEvent.PAUSE_VIDEO,
              MemberRequests.pause(view.roomId, position, null),
              result -> acted(tab, view, result, false));
      case 3 -> say(tab, ClientEvent.SEEK_VIDEO, MemberRequests.seek(view.roomId, position));
      case 4 ->
          say(
              tab,
              ClientEvent.PROMOTE_HOST,
              MemberRequests.promote(
                  view.roomId,
                  new UserId(UUID.fromString(world.any(List.copyOf(view.names.keySet()))))));
      case 5 -> say(tab, ClientEvent.READY, MemberRequests.ready(view.roomId, view.timeline.seq()));
      default ->
          say(
              tab,
              ClientEvent.TYPING_START,
              MemberRequests.typing(view.roomId, random.nextBoolean()));
    }
  }

  /** A base client does not hear of what it did itself. */
  private static void acted(SimClient tab, SimView view, ServerReply result, boolean playing) {
    if (tab.view == view && !tab.ours) {
      if (result.ok()) {
        view.playing = playing;
      } else {
        view.unsure = true;
      }
    }
  }

  private static void say(SimClient tab, ClientEvent event, ClientRequest message) {
    tab.say(event, message, _ -> {});
  }

  private void fault() {
    SimServer server = world.anyServer();
    if (server == null) {
      world.newServer();
      return;
    }
    if (world.time.nowMs() < calmUntilMs) {
      return;
    }
    switch (random.nextInt(16)) {
      case 0, 1 -> {
        world.note(server.name + " is cut off");
        server.link.cut();
        server.troubled = true;
      }
      case 2 -> {
        world.note(server.name + " is deaf");
        server.link.deafen();
      }
      case 3, 4, 5 -> {
        world.note(server.name + " is well again");
        server.link.mend();
      }
      case 6 -> {
        world.note(server.name + " has a bad line");
        server.troubled = true;
        server.link.lostCalls = random.nextInt(30);
        server.link.lostAnswers = random.nextInt(30);
        server.link.lostNews = random.nextInt(3) == 0 ? random.nextInt(50) : 0;
      }
      case 7 -> {
        server.link.delayMaxMs = random.nextInt(random.nextBoolean() ? 50 : 800);
        world.note(server.name + " is slow: " + server.link.delayMaxMs);
      }
      case 8, 9 -> {
        world.note(server.name + " stands still");
        server.pause();
      }
      case 10, 11 -> {
        world.note(server.name + " goes on");
        server.goOn();
      }
      case 12 -> {
        world.note(server.name + " dies");
        server.die();
        somebodyDied = true;
        world.servers.forEach(other -> other.diesOnCommand = random.nextInt(6) == 0);
      }
      case 13 -> {
        if (world.living().size() < 5) {
          world.newServer();
        }
      }
      case 14 -> {
        lose(() -> {
          world.note("the store loses everything");
          world.store.loseEverything();
          world.leases.loseEverything();
        });
      }
      default -> {
        // A client without changes meanwhile could not distinguish the two histories of one epoch.
        if (calm()) {
          int changes = 1 + random.nextInt(4);
          lose(() -> {
            world.note("the store goes back by " + changes);
            world.store.goBack(changes);
          });
        }
      }
    }
  }

  /** Returns whether the instance with the newest copy of a room can restore it. */
  private boolean calm() {
    return !somebodyDied
        && world.living().stream().allMatch(server -> server.running() && server.link.healthy());
  }

  /**
   * Restarts the store, which breaks all connections. Without other faults no result may be lost.
   */
  private void lose(Runnable loss) {
    List<SimServer> living = world.living();
    boolean calm = calm();
    loss.run();
    if (calm) {
      calmUntilMs = world.time.nowMs() + 3_000;
    } else {
      excused = true;
    }
    for (SimServer server : living) {
      if (calm || !server.link.isCut()) {
        server.link.cut();
        world.time.after(1 + random.nextInt(300), server.link::mend);
      }
    }
  }
}
