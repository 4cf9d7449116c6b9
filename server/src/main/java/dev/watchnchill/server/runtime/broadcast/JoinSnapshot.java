package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ChatEntry;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.TimelineMessages;
import dev.watchnchill.server.wire.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a socket the whole state of its room (rules JN8, JN9). */
public final class JoinSnapshot {
  private final LiveRoom live;
  private final RoomContext context;

  public JoinSnapshot(LiveRoom live, RoomContext context) {
    this.live = live;
    this.context = context;
  }

  /**
   * The messages that a client is sent unasked.
   *
   * @param more whether there are older ones; null for a base client
   */
  public record Chat(List<ChatEntry> messages, @Nullable Boolean more) {}

  /** Returns the newest messages, as the socket's client reads them (rules LF2, CH5). */
  public Chat chat(Session session, Room room, UserId reader) {
    if (!session.resumable()) {
      return new Chat(ChatEntry.history(room, context.rules().limits().chatHistory()), null);
    }
    ChatEntry.Page page = ChatEntry.newest(room, reader);
    return new Chat(page.messages(), page.more());
  }

  /**
   * Sends the state.
   *
   * @param userId the member whose seat the socket has
   * @param sessionToken the token that resumes the seat, or null
   * @param resumed whether it had the seat before
   */
  public void send(
      Session session, Room room, UserId userId, @Nullable String sessionToken, boolean resumed) {
    Member member = room.members().find(userId);
    if (member == null) {
      throw new IllegalStateException("a socket with a seat belongs to a member");
    }
    var timeline = TimelineMessages.forOne(room, context.clock().nowExactMs(), "join");
    Chat chat = chat(session, room, userId);
    session
        .connection()
        .send(
            new ServerMessage.RoomJoined(
                live.presence().state(session, room, userId),
                User.of(member),
                chat.messages(),
                chat.more(),
                room.epoch(),
                room.seq(),
                timeline,
                resumed,
                sessionToken));
    if (room.timeline().playing()) {
      live.broadcaster().position(session, room);
    }
    session.connection().send(timeline);
    live.viewers().sendStatus(session, live.presence().shown(room, userId));
    if (live.isAway()) {
      live.broadcaster().availability(session, false);
    }
  }
}
