package dev.watchnchill.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * A room, its clock and its people, named by their names; every command goes through the one door.
 *
 * <p>Hana has made the room, with {@link #HOST_TOKEN}, from a client that can come back.
 */
public final class RoomFixture {
  /** When the evening begins, ms since the epoch. */
  public static final long START = 1_750_000_000_000L;

  /** The creator's secret. */
  public static final String HOST_TOKEN = "3f0e8c7a-2f7e-4a61-9a55-0d3c5a0b8f11";

  /** A film. */
  public static final Media FILM = film("https://films.example/a.mp4");

  private final RoomRules rules;
  private Room room;
  private Audience audience = Audience.NONE;
  private long now = START;
  private int entries;

  private RoomFixture(Limits limits, String creator) {
    rules = new RoomRules(limits);
    room =
        rules.create(
            new RoomId("AB12CD"),
            7,
            new DisplayName(creator),
            user(creator),
            SecretHash.of(HOST_TOKEN),
            secretOf(creator),
            now);
  }

  /** Hana's new room. */
  public static RoomFixture room() {
    return new RoomFixture(Limits.DEFAULT, "Hana");
  }

  /** A new room whose creator has that name instead. */
  public static RoomFixture roomOf(String creator) {
    return new RoomFixture(Limits.DEFAULT, creator);
  }

  /** Hana's new room within these bounds. */
  public static RoomFixture room(Limits limits) {
    return new RoomFixture(limits, "Hana");
  }

  /** The id that a name gives. */
  public static UserId user(String name) {
    return new UserId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  /** The hash of the secret that a client of that name holds. */
  public static SecretHash secretOf(String name) {
    return SecretHash.of("session of " + name);
  }

  /** That link, read. */
  public static Media film(String url) {
    return Media.parse(url).orElseThrow();
  }

  /** Time passes; nothing else happens. */
  public RoomFixture later(long ms) {
    now += ms;
    return this;
  }

  /** Gives a command and keeps what comes of it. */
  public Decision act(RoomCommand command) {
    Decision decision = rules.decide(room, audience, command, now);
    for (RoomEvent event : decision.events()) {
      audience = audience.after(event, room, now);
    }
    room = decision.next();
    return decision;
  }

  /** Tries to get in. */
  public Decision join(Entry entry) {
    return act(entry.command("entry " + ++entries));
  }

  /** A base client gets in: it cannot come back (RS7). */
  public RoomFixture guest(String name) {
    assertThat(join(Entry.as(name)).rejection()).isNull();
    return this;
  }

  /** A client gets in that can come back (RS1). */
  public RoomFixture resumable(String name) {
    assertThat(join(Entry.as(name).keeping(secretOf(name))).rejection()).isNull();
    return this;
  }

  /** Somebody whose connection was lost takes the seat back. */
  public RoomFixture returns(String name) {
    var back = join(Entry.as(name).resuming(secretOf(name)));
    assertThat(back.seat()).isEqualTo(new Decision.Seat(id(name), Decision.SeatKind.RESUMED));
    return this;
  }

  /** Somebody leaves. */
  public Decision leave(String name) {
    return act(new RoomCommand.Leave(id(name)));
  }

  /** Somebody's connection is lost. */
  public Decision drop(String name) {
    return act(new RoomCommand.Disconnect(id(name)));
  }

  /** One user promotes another. */
  public Decision promote(String by, String target) {
    return act(new RoomCommand.Promote(id(by), id(target)));
  }

  /** What is due is done. */
  public Decision tick() {
    return act(new RoomCommand.Tick());
  }

  /** Hana shows a film. */
  public RoomFixture withMedia(Media film) {
    act(new RoomCommand.SetVideo(id("Hana"), film));
    return this;
  }

  /** Hana plays from there, for a base client. */
  public RoomFixture playingFrom(double position) {
    act(new RoomCommand.Play(id("Hana"), position, false));
    return this;
  }

  /** Hana goes there, from a client of ours. */
  public Decision seekTo(double position) {
    return act(new RoomCommand.Seek(id("Hana"), position, true));
  }

  /** Somebody's player can start at the timeline as it is. */
  public Decision ready(String name) {
    return act(new RoomCommand.Ready(id(name), timeline().seq()));
  }

  /** Somebody's player has run dry. */
  public Decision stalls(String name) {
    return act(new RoomCommand.Buffering(id(name), timeline().seq()));
  }

  /** Somebody's player plays again. */
  public Decision recovers(String name) {
    return act(new RoomCommand.Buffered(id(name), timeline().seq()));
  }

  /** Hana's player knows the length. */
  public RoomFixture lasting(double seconds) {
    act(new RoomCommand.ReportDuration(id("Hana"), seconds));
    return this;
  }

  /** Who sits under that name now; a stranger's id when nobody does. */
  public UserId id(String name) {
    Member member = room.members().named(new DisplayName(name));
    return member == null ? user("stranger " + name) : member.id();
  }

  /** Who sits under that name now. */
  public Member member(String name) {
    Member member = room.members().named(new DisplayName(name));
    if (member == null) {
      throw new AssertionError("nobody is called " + name + " in " + names());
    }
    return member;
  }

  /** Everybody's name, longest in the room first. */
  public List<String> names() {
    return room.members().list().stream().map(member -> member.name().value()).toList();
  }

  /** The names of those with a host's right. */
  public List<String> hosts() {
    return room.members().list().stream()
        .filter(Member::host)
        .map(member -> member.name().value())
        .toList();
  }

  /** Where the film is now, in seconds. */
  public double target() {
    return timeline().targetAt(now);
  }

  /** The timeline. */
  public Timeline timeline() {
    return room.timeline();
  }

  /** The room as it is. */
  public Room state() {
    return room;
  }

  /** What is known of its viewers. */
  public Audience audience() {
    return audience;
  }

  /** When it next has something to do. */
  public long deadline() {
    return rules.nextDeadlineMs(room, audience);
  }

  /** What time it is, ms since the epoch. */
  public long now() {
    return now;
  }
}
