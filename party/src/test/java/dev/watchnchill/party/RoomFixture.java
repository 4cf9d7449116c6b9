package dev.watchnchill.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room with its clock; members are addressed by name, and every command goes through {@code
 * decide}.
 *
 * <p>Hana has created the room, with {@link #HOST_TOKEN}, from a client that can resume.
 */
public final class RoomFixture {
  /** When the room is created, ms since the epoch. */
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
  private int films;

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

  /** Creates a room whose creator has another name. */
  public static RoomFixture roomOf(String creator) {
    return new RoomFixture(Limits.DEFAULT, creator);
  }

  /** Hana's new room within these bounds. */
  public static RoomFixture room(Limits limits) {
    return new RoomFixture(limits, "Hana");
  }

  /** Returns the id for a name. */
  public static UserId user(String name) {
    return new UserId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the hash of the session token of a client with the name. */
  public static SecretHash secretOf(String name) {
    return SecretHash.of("session of " + name);
  }

  /** Returns the film of a link. */
  public static Media film(String url) {
    return Media.parse(url).orElseThrow();
  }

  /** Time passes; nothing else happens. */
  public RoomFixture later(long ms) {
    now += ms;
    return this;
  }

  /** Decides on a command and keeps the result. */
  public Decision act(RoomCommand command) {
    Decision decision = rules.decide(room, audience, command, now);
    for (RoomEvent event : decision.events()) {
      audience = audience.after(event, room, now);
    }
    room = decision.next();
    return decision;
  }

  /** Tries to get in. */
  public Decision join(JoinRequest entry) {
    return act(entry.command("entry " + ++entries));
  }

  /** Joins a base client, which cannot resume (RS7). */
  public RoomFixture guest(String name) {
    assertThat(join(JoinRequest.as(name)).rejection()).isNull();
    return this;
  }

  /** Joins a client that can resume (RS1). */
  public RoomFixture resumable(String name) {
    assertThat(join(JoinRequest.as(name).keeping(secretOf(name))).rejection()).isNull();
    return this;
  }

  /** Resumes the seat of a lost connection. */
  public RoomFixture returns(String name) {
    var back = join(JoinRequest.as(name).resuming(secretOf(name)));
    assertThat(back.joined())
        .isEqualTo(new Decision.JoinResult(id(name), Decision.SeatKind.RESUMED));
    return this;
  }

  /** Lets a member leave. */
  public Decision leave(String name) {
    return act(new RoomCommand.Leave(id(name)));
  }

  /** Loses a member's connection. */
  public Decision drop(String name) {
    return act(new RoomCommand.Disconnect(id(name)));
  }

  /** One user promotes another. */
  public Decision promote(String by, String target) {
    return act(new RoomCommand.Promote(id(by), id(target)));
  }

  /** Joins a base client of a browser at an address; 0 stands for none. */
  public RoomFixture guest(String name, int browser, int address) {
    assertThat(join(JoinRequest.as(name).by(browser, address)).rejection()).isNull();
    return this;
  }

  /** Hana changes the settings. */
  public RoomFixture withSettings(RoomSettings.Change change) {
    assertThat(act(new RoomCommand.SetSettings(id("Hana"), change)).rejection()).isNull();
    return this;
  }

  /** Hana sets the entry mode. */
  public RoomFixture withEntry(RoomSettings.EntryMode mode) {
    return withSettings(RoomSettings.Change.entry(mode));
  }

  /** Hana sets a password of the given stored form. */
  public RoomFixture withPassword(String stored) {
    assertThat(act(new RoomCommand.SetPassword(id("Hana"), stored)).rejection()).isNull();
    return this;
  }

  /** One user removes another, with a ban of the given id or without one. */
  public Decision remove(String by, String target, @Nullable UUID ban, @Nullable Long minutes) {
    return act(new RoomCommand.RemoveMember(id(by), id(target), ban, minutes));
  }

  /** One user mutes another, or ends that. */
  public Decision mute(String by, String target, boolean muted) {
    return act(new RoomCommand.MuteMember(id(by), id(target), muted));
  }

  /** Carries out what is due. */
  public Decision tick() {
    return act(new RoomCommand.Tick());
  }

  /** Hana shows a film. */
  public RoomFixture withMedia(Media film) {
    act(new RoomCommand.SetVideo(id("Hana"), film, new UUID(6, ++films)));
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

  /** Reports a member's player as ready for the present timeline. */
  public Decision ready(String name) {
    return act(new RoomCommand.Ready(id(name), timeline().seq()));
  }

  /** Reports a member's player as stalled. */
  public Decision stalls(String name) {
    return act(new RoomCommand.Buffering(id(name), timeline().seq()));
  }

  /** Reports a member's player as playing again. */
  public Decision recovers(String name) {
    return act(new RoomCommand.Buffered(id(name), timeline().seq()));
  }

  /** Hana's player knows the length. */
  public RoomFixture withDuration(double seconds) {
    act(new RoomCommand.ReportDuration(id("Hana"), seconds));
    return this;
  }

  /** Returns the id of the member with a name; a new id when there is none. */
  public UserId id(String name) {
    Member member = room.members().findByName(new DisplayName(name));
    return member == null ? user("stranger " + name) : member.id();
  }

  /** Returns the member with a name. */
  public Member member(String name) {
    Member member = room.members().findByName(new DisplayName(name));
    if (member == null) {
      throw new AssertionError("nobody is called " + name + " in " + names());
    }
    return member;
  }

  /** Returns the names of all members, longest in the room first. */
  public List<String> names() {
    return room.members().list().stream().map(member -> member.name().value()).toList();
  }

  /** Returns the names of the hosts. */
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

  /** Returns the present room. */
  public Room state() {
    return room;
  }

  /** Returns the present audience. */
  public Audience audience() {
    return audience;
  }

  /** Returns the next deadline. */
  public long deadline() {
    return rules.nextDeadlineMs(room, audience);
  }

  /** Returns the present time, ms since the epoch. */
  public long now() {
    return now;
  }
}
