package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ChatEntry;
import dev.watchnchill.server.wire.RoomState;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Broadcasts the changes of a large room's members to those on this instance: seldom, together, and
 * with few names (rules PS1 to PS5). So n joiners make n changes of the room, but no n² messages.
 */
public final class LargeRoomPresence {
  /** Most members of each kind in one message. */
  static final int LISTED_MAX = 20;

  /** Most members in the state of a large room. */
  private static final int SHOWN_MAX = 100;

  /** The reader and a host. */
  private static final int SHOWN_MIN = 2;

  /** Least time between two messages; it grows with the members, to bound a room's messages. */
  private static final long INTERVAL_MIN_MS = 1_000;

  private static final long INTERVAL_PER_MEMBER_MS = 1;

  private final LiveRoom room;
  private final RoomContext context;
  private final int eachMax;
  private final BaseClientRoster base;
  // Made when the room becomes large, as few do; null while it is small.
  private @Nullable Pending pending;

  /** The changes of a large room that are not broadcast yet. */
  private final class Pending {
    // The members that have changed since the last message; true for those that have joined.
    final Map<UserId, Boolean> changed = new LinkedHashMap<>();
    final ThrottledSender sender = new ThrottledSender(room, context, LargeRoomPresence.this::send);
    final VoteBroadcaster votes = new VoteBroadcaster(room, context);
    final ReactionBroadcaster reactions = new ReactionBroadcaster(room, context);
    final FilmReactionBroadcaster film = new FilmReactionBroadcaster(room, context);

    void cancel() {
      sender.cancel();
      votes.clear();
      reactions.clear();
      film.clear();
    }
  }

  public LargeRoomPresence(LiveRoom room, RoomContext context) {
    this.room = room;
    this.context = context;
    this.eachMax = context.rules().limits().presenceEachMax();
    this.base = new BaseClientRoster(room, context);
  }

  /** Whether changes of members are broadcast together now. */
  public boolean large() {
    return pending != null;
  }

  /** Whether all changes of members are broadcast. */
  public boolean quiet() {
    return pending == null || pending.changed.isEmpty();
  }

  /** Whether all votes and reactions are broadcast. */
  public boolean countsSent() {
    return pending == null || (pending.votes.quiet() && pending.reactions.quiet());
  }

  /**
   * Returns whether the reactions that are not broadcast yet fit into the answer to a {@code
   * resume}: together they may be as long as a page of messages.
   */
  public boolean countsFitAnswer(Room now) {
    return pending == null || pending.reactions.pendingLength(now) <= ChatEntry.PAGE_LENGTH;
  }

  /** Returns the messages with the votes and the reactions that are not broadcast yet. */
  public List<ServerMessage> pendingCounts(Room now) {
    if (pending == null) {
      return List.of();
    }
    var messages = new ArrayList<>(pending.reactions.pendingMessages(now));
    ServerMessage votes = pending.votes.pendingMessage(now);
    if (votes != null) {
      messages.add(votes);
    }
    return messages;
  }

  /** Begins with a room that no member here has received yet. */
  public void begin(Room loaded) {
    clear();
    if (loaded.members().size() > eachMax) {
      pending = new Pending();
    }
  }

  /** Prepares for a change whose events are not broadcast yet. */
  public void beforeChange(Room now, Room next) {
    if (pending == null && next.members().size() > eachMax) {
      pending = new Pending();
      base.begin(now.members());
    }
  }

  /** Follows a change whose events are broadcast, or kept for later. */
  public void afterChange(Room now) {
    // A client that knows no presence has to see a gap, and ask for a snapshot. A host that has
    // received an event of this change would see none.
    if (now.seq() > room.broadcaster().sentSeq()) {
      resynced(now);
    }
  }

  /** Follows a resync. A room that has become small again goes back to one message per event. */
  public void resynced(Room now) {
    if (pending != null && now.members().size() <= smallAgain()) {
      var counts = new ArrayList<RoomEvent.Change>(pending.reactions.pending(now));
      RoomEvent.QueueChanged votes = pending.votes.pending(now);
      if (votes != null) {
        counts.add(votes);
      }
      pending.cancel();
      pending = null;
      // So that no client is left with the few members that it was shown.
      room.broadcaster().presenceSnapshot(now, snapshot(now, null));
      room.broadcaster().lateAfterSnapshot(now, counts);
      base.end(now);
    }
  }

  /** Returns the size of a small room again: below the limit, so that no room toggles there. */
  private int smallAgain() {
    return eachMax * 3 / 4;
  }

  /**
   * Keeps a change of a member, votes or reactions for later; false for an event that is broadcast
   * by itself.
   */
  boolean defers(RoomEvent.BroadcastEvent event) {
    if (pending == null) {
      return false;
    }
    Map<UserId, Boolean> changed = pending.changed;
    switch (event) {
      case RoomEvent.UserJoined joined -> changed.put(joined.member().id(), true);
      case RoomEvent.UserLeft left -> {
        changed.put(left.userId(), false);
        base.left(left.userId());
      }
      case RoomEvent.UserAway away -> changed.putIfAbsent(away.userId(), false);
      case RoomEvent.UserReturned back -> changed.putIfAbsent(back.userId(), false);
      case RoomEvent.QueueChanged queue -> {
        return pending.votes.defers(queue);
      }
      case RoomEvent.FilmReacted reacted -> {
        pending.film.defer(reacted);
        return true;
      }
      case RoomEvent.MessageReacted reacted -> {
        pending.reactions.defer(reacted);
        return true;
      }
      case RoomEvent.UserPromoted _,
          RoomEvent.UserDemoted _,
          RoomEvent.RoomTransferred _,
          RoomEvent.SettingsChanged _,
          RoomEvent.MemberMuted _,
          RoomEvent.HostsChange _,
          RoomEvent.VideoSet _,
          RoomEvent.Controlled _,
          RoomEvent.TimelineChanged _,
          RoomEvent.WaitingSet _,
          RoomEvent.SubtitlesChanged _,
          RoomEvent.MessageSent _,
          RoomEvent.MessageEdited _,
          RoomEvent.MessageDeleted _,
          RoomEvent.VoiceChanged _,
          RoomEvent.RoomClosed _,
          RoomEvent.SyncReported _,
          RoomEvent.VoiceSignalled _,
          RoomEvent.SpeakingChanged _,
          RoomEvent.Typing _ -> {
        return false;
      }
    }
    pending.sender.request();
    return true;
  }

  private long send() {
    Room now = room.cachedState();
    if (now == null || pending == null || pending.changed.isEmpty()) {
      return 0;
    }
    room.broadcaster().presence(now, changes(now, pending.changed));
    pending.changed.clear();
    return Math.max(INTERVAL_MIN_MS, now.members().size() * INTERVAL_PER_MEMBER_MS);
  }

  /**
   * Returns the present state of the members that have changed, so that it is right for clients
   * that know some of it already.
   */
  private ServerMessage.Presence changes(Room now, Map<UserId, Boolean> changed) {
    var joined = new ArrayList<User>();
    var left = new ArrayList<String>();
    var away = new ArrayList<String>();
    var returned = new ArrayList<String>();
    boolean more = false;
    for (Map.Entry<UserId, Boolean> each : changed.entrySet()) {
      Member member = now.members().find(each.getKey());
      if (member != null && each.getValue()) {
        more |= !addTo(joined, User.of(member));
      } else {
        List<String> list = member == null ? left : member.away() ? away : returned;
        more |= !addTo(list, each.getKey().toString());
      }
    }
    return new ServerMessage.Presence(
        room.id().value(),
        now.epoch(),
        now.seq(),
        room.broadcaster().broadcastSeq(),
        true,
        now.members().size(),
        joined,
        left,
        away,
        returned,
        more);
  }

  private static <T> boolean addTo(List<T> list, T entry) {
    return list.size() < LISTED_MAX && list.add(entry);
  }

  /** Returns the members for a client whose list may be another one (rule PS3). */
  public ServerMessage.PresenceSnapshot snapshot(Room now, @Nullable UserId reader) {
    return new ServerMessage.PresenceSnapshot(
        room.id().value(),
        now.epoch(),
        now.seq(),
        room.broadcaster().broadcastSeq(),
        large(),
        now.members().size(),
        true,
        User.of(shown(now, reader)));
  }

  /** Returns the members that a reader is shown: all, or some of the many (rule PS5). */
  List<Member> shown(Room now, @Nullable UserId reader) {
    return large()
        ? VisibleMembers.of(now.members().list(), reader, Math.clamp(eachMax, SHOWN_MIN, SHOWN_MAX))
        : now.members().list();
  }

  /** Returns the room as that socket is shown it. */
  public RoomState state(Session session, Room now, UserId reader) {
    long nowMs = context.clock().nowMs();
    int voiceMax = context.rules().limits().voiceMax();
    if (!large()) {
      return RoomState.of(now, reader, session.resumable(), voiceMax, nowMs);
    }
    List<Member> shown = shown(now, reader);
    if (!session.resumable()) {
      base.shown(reader, shown);
    }
    return RoomState.of(now, reader, session.resumable(), voiceMax, shown, nowMs);
  }

  /** Forgets the room. */
  public void clear() {
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
    base.clear();
  }
}
