package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.Ban;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.entry.Invitation;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.party.entry.RoomSecret;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Encodes and decodes the entry state of a room, whole or as the lists that a change has changed.
 * Empty lists of a whole state are not written.
 */
final class EntryCodec {
  private EntryCodec() {}

  /** Writes the fields of a whole entry state into an open object. */
  static void entry(JsonGenerator out, EntryState entry) {
    JsonFields.keyedHash(out, "secret", entry.secret().key());
    change(out, EntryState.of(entry.secret(), null), entry);
  }

  static EntryState entry(JsonCursor value) {
    var secret = new RoomSecret(value.at("secret").keyedHash());
    return change(value).apply(EntryState.of(secret, null));
  }

  /** Writes the fields in which two entry states of a room differ into an open object. */
  static void change(JsonGenerator out, EntryState before, EntryState next) {
    String password = next.password();
    if (!Objects.equals(before.password(), password)) {
      JsonFields.stringIfPresent(out, "password", password);
      JsonFields.trueOnly(out, "noPassword", password == null);
    }
    list(out, "knocks", before.knocks(), next.knocks(), EntryCodec::knock);
    list(out, "invitations", before.invitations(), next.invitations(), EntryCodec::invitation);
    list(out, "bans", before.bans(), next.bans(), EntryCodec::ban);
    list(out, "exempt", before.exempt(), next.exempt(), EntryCodec::hash);
    list(out, "muted", before.muted(), next.muted(), EntryCodec::hash);
    list(
        out,
        "removed",
        before.removed(),
        next.removed(),
        (to, user) -> to.writeString(user.value().toString()));
  }

  /** Reads a change as the function that makes it. */
  static UnaryOperator<EntryState> change(JsonCursor value) {
    String password = value.at("password").orNull(JsonCursor::asString);
    boolean noPassword = value.at("noPassword").isTrue();
    var knocks = value.at("knocks").orNull(list -> list.each(EntryCodec::knock));
    var invitations = value.at("invitations").orNull(list -> list.each(EntryCodec::invitation));
    var bans = value.at("bans").orNull(list -> list.each(EntryCodec::ban));
    var exempt = value.at("exempt").orNull(list -> list.each(JsonCursor::keyedHash));
    var muted = value.at("muted").orNull(list -> list.each(JsonCursor::keyedHash));
    var removed = value.at("removed").orNull(list -> list.each(JsonCursor::userId));
    return before ->
        new EntryState(
            before.secret(),
            noPassword ? null : password == null ? before.password() : password,
            knocks == null ? before.knocks() : knocks,
            invitations == null ? before.invitations() : invitations,
            bans == null ? before.bans() : bans,
            exempt == null ? before.exempt() : exempt,
            muted == null ? before.muted() : muted,
            removed == null ? before.removed() : removed);
  }

  private static <T> void list(
      JsonGenerator out,
      String name,
      List<T> before,
      List<T> next,
      BiConsumer<JsonGenerator, T> writer) {
    if (before.equals(next)) { // the same object, nearly always
      return;
    }
    out.writeArrayPropertyStart(name);
    for (T one : next) {
      writer.accept(out, one);
    }
    out.writeEndArray();
  }

  private static void hash(JsonGenerator out, KeyedHash hash) {
    out.writeString(hash.hex());
  }

  /** Writes a knock as an object. */
  static void knock(JsonGenerator out, Knock knock) {
    out.writeStartObject();
    out.writeStringProperty("id", knock.id().toString());
    out.writeStringProperty("name", knock.name().value());
    JsonFields.hashIfPresent(out, "session", knock.session());
    identity(out, knock.identity());
    out.writeNumberProperty("at", knock.atMs());
    JsonFields.trueOnly(out, "accepted", knock.accepted());
    out.writeEndObject();
  }

  static Knock knock(JsonCursor value) {
    return new Knock(
        value.at("id").uuid(),
        value.at("name").name(),
        value.at("session").orNull(JsonCursor::hash),
        identity(value),
        value.at("at").asLong(),
        value.at("accepted").isTrue());
  }

  private static void invitation(JsonGenerator out, Invitation invitation) {
    out.writeStartObject();
    out.writeStringProperty("id", invitation.id().toString());
    JsonFields.hashIfPresent(out, "token", invitation.token());
    JsonFields.user(out, "by", invitation.by());
    out.writeStringProperty("byName", invitation.byName().value());
    out.writeNumberProperty("at", invitation.atMs());
    JsonFields.integerIfPresent(out, "expires", invitation.expiresAtMs());
    Integer usesLeft = invitation.usesLeft();
    JsonFields.integerIfPresent(out, "usesLeft", usesLeft == null ? null : usesLeft.longValue());
    out.writeEndObject();
  }

  private static Invitation invitation(JsonCursor value) {
    return new Invitation(
        value.at("id").uuid(),
        value.at("token").hash(),
        value.at("by").userId(),
        value.at("byName").name(),
        value.at("at").asLong(),
        value.at("expires").orNull(JsonCursor::asLong),
        value.at("usesLeft").orNull(JsonCursor::asInt));
  }

  private static void ban(JsonGenerator out, Ban ban) {
    out.writeStartObject();
    out.writeStringProperty("id", ban.id().toString());
    out.writeStringProperty("name", ban.name().value());
    JsonFields.user(out, "by", ban.by());
    out.writeStringProperty("byName", ban.byName().value());
    out.writeNumberProperty("at", ban.atMs());
    JsonFields.integerIfPresent(out, "until", ban.untilMs());
    JsonFields.hashIfPresent(out, "session", ban.session());
    identity(out, ban.identity());
    out.writeEndObject();
  }

  private static Ban ban(JsonCursor value) {
    return new Ban(
        value.at("id").uuid(),
        value.at("name").name(),
        value.at("by").userId(),
        value.at("byName").name(),
        value.at("at").asLong(),
        value.at("until").orNull(JsonCursor::asLong),
        value.at("session").orNull(JsonCursor::hash),
        identity(value));
  }

  /** Writes the fields of an identity into an open object. */
  static void identity(JsonGenerator out, MemberIdentity identity) {
    keyedHashIfPresent(out, "browser", identity.browser());
    keyedHashIfPresent(out, "address", identity.address());
  }

  private static void keyedHashIfPresent(JsonGenerator out, String name, @Nullable KeyedHash hash) {
    if (hash != null) {
      JsonFields.keyedHash(out, name, hash);
    }
  }

  /** Reads the fields of an identity out of the object that it was written into. */
  static MemberIdentity identity(JsonCursor value) {
    Function<JsonCursor, KeyedHash> hash = JsonCursor::keyedHash;
    KeyedHash browser = value.at("browser").orNull(hash);
    KeyedHash address = value.at("address").orNull(hash);
    return browser == null && address == null
        ? MemberIdentity.NONE
        : new MemberIdentity(browser, address);
  }
}
