package dev.watchnchill.party;

import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.EntryProof;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The request of a client that joins. */
public record JoinRequest(
    String name,
    @Nullable SecretHash token,
    @Nullable SecretHash session,
    @Nullable UserId current,
    @Nullable SecretHash newSession,
    @Nullable InstanceId server,
    MemberIdentity identity,
    EntryProof proof) {

  /** Returns the request of a base client. */
  public static JoinRequest as(String name) {
    return new JoinRequest(
        name, null, null, null, null, null, MemberIdentity.NONE, EntryProof.NONE);
  }

  /** Returns the identity of a browser at an address; 0 stands for none. */
  public static MemberIdentity identity(int browser, int address) {
    return new MemberIdentity(
        browser == 0 ? null : new KeyedHash(1, browser),
        address == 0 ? null : new KeyedHash(2, address));
  }

  /** Returns this request with a host token. */
  public JoinRequest withToken(String given) {
    return new JoinRequest(
        name, SecretHash.of(given), session, current, newSession, server, identity, proof);
  }

  /** Returns this request with the session token of a seat to resume. */
  public JoinRequest resuming(SecretHash secret) {
    return new JoinRequest(name, token, secret, current, newSession, server, identity, proof);
  }

  /** Returns this request from a socket that has a seat already. */
  public JoinRequest from(UserId seat) {
    return new JoinRequest(name, token, session, seat, newSession, server, identity, proof);
  }

  /** Returns this request from a client that can resume with a session token. */
  public JoinRequest keeping(SecretHash secret) {
    return new JoinRequest(name, token, session, current, secret, server, identity, proof);
  }

  /** Returns this request on an instance. */
  public JoinRequest on(InstanceId instance) {
    return new JoinRequest(name, token, session, current, newSession, instance, identity, proof);
  }

  /** Returns this request from a browser at an address; 0 stands for none. */
  public JoinRequest by(int browser, int address) {
    return new JoinRequest(
        name, token, session, current, newSession, server, identity(browser, address), proof);
  }

  /** Returns this request with a password that was compared with a stored form. */
  public JoinRequest withPassword(boolean right, String stored) {
    var result = right ? EntryProof.Password.RIGHT : EntryProof.Password.WRONG;
    return proving(new EntryProof(result, stored, proof.invitation(), proof.knock()));
  }

  /** Returns this request with the token of an invitation. */
  public JoinRequest invitedBy(String invitation) {
    return proving(
        new EntryProof(
            proof.password(), proof.verified(), SecretHash.of(invitation), proof.knock()));
  }

  /** Returns this request of the client that has made a knock. */
  public JoinRequest after(UUID knock) {
    return proving(new EntryProof(proof.password(), proof.verified(), proof.invitation(), knock));
  }

  private JoinRequest proving(EntryProof other) {
    return new JoinRequest(name, token, session, current, newSession, server, identity, other);
  }

  RoomCommand.Join command(String entry) {
    return new RoomCommand.Join(
        new DisplayName(name),
        token,
        session,
        current,
        RoomFixture.user(entry),
        newSession,
        server,
        identity,
        proof);
  }
}
