package dev.watchnchill.party;

import org.jspecify.annotations.Nullable;

/** What somebody brings to the door. */
public record Entry(
    String name,
    @Nullable SecretHash token,
    @Nullable SecretHash session,
    @Nullable UserId current,
    @Nullable SecretHash newSession,
    @Nullable InstanceId server) {

  /** A base client of that name. */
  public static Entry as(String name) {
    return new Entry(name, null, null, null, null, null);
  }

  /** With that host token. */
  public Entry withToken(String token) {
    return new Entry(name, SecretHash.of(token), session, current, newSession, server);
  }

  /** With the secret of a seat to take back. */
  public Entry resuming(SecretHash secret) {
    return new Entry(name, token, secret, current, newSession, server);
  }

  /** From a socket that has a seat already. */
  public Entry from(UserId seat) {
    return new Entry(name, token, session, seat, newSession, server);
  }

  /** From a client that can come back with that secret. */
  public Entry keeping(SecretHash secret) {
    return new Entry(name, token, session, current, secret, server);
  }

  /** Connected to that server. */
  public Entry on(InstanceId instance) {
    return new Entry(name, token, session, current, newSession, instance);
  }

  RoomCommand.Join command(String entry) {
    return new RoomCommand.Join(
        new DisplayName(name),
        token,
        session,
        current,
        RoomFixture.user(entry),
        newSession,
        server);
  }
}
