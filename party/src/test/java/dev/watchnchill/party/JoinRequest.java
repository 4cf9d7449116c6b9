package dev.watchnchill.party;

import org.jspecify.annotations.Nullable;

/** The request of a client that joins. */
public record JoinRequest(
    String name,
    @Nullable SecretHash token,
    @Nullable SecretHash session,
    @Nullable UserId current,
    @Nullable SecretHash newSession,
    @Nullable InstanceId server) {

  /** Returns the request of a base client. */
  public static JoinRequest as(String name) {
    return new JoinRequest(name, null, null, null, null, null);
  }

  /** Returns this request with a host token. */
  public JoinRequest withToken(String token) {
    return new JoinRequest(name, SecretHash.of(token), session, current, newSession, server);
  }

  /** Returns this request with the session token of a seat to resume. */
  public JoinRequest resuming(SecretHash secret) {
    return new JoinRequest(name, token, secret, current, newSession, server);
  }

  /** Returns this request from a socket that has a seat already. */
  public JoinRequest from(UserId seat) {
    return new JoinRequest(name, token, session, seat, newSession, server);
  }

  /** Returns this request from a client that can resume with a session token. */
  public JoinRequest keeping(SecretHash secret) {
    return new JoinRequest(name, token, session, current, secret, server);
  }

  /** Returns this request on an instance. */
  public JoinRequest on(InstanceId instance) {
    return new JoinRequest(name, token, session, current, newSession, instance);
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
