package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Quote;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The message that another one answers (CH6): what the log has of it now. All but the id are null
 * when the log does not hold it any more.
 *
 * @param message its beginning; empty once it is deleted
 * @param deleted true once it is deleted, else null
 */
public record QuoteEntry(
    String messageId,
    @Nullable String userId,
    @Nullable String userName,
    @Nullable String message,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean deleted) {
  static QuoteEntry of(UUID id, ChatLog log) {
    ChatMessage quoted = log.find(id);
    return quoted == null
        ? new QuoteEntry(id.toString(), null, null, null, null)
        : new QuoteEntry(
            id.toString(),
            quoted.userId().toString(),
            quoted.userName().value(),
            Quote.of(quoted.text()),
            quoted.deleted() ? true : null);
  }
}
