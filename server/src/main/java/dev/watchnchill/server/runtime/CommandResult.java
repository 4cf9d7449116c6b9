package dev.watchnchill.server.runtime;

import dev.watchnchill.server.wire.ErrorReply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an event of a client ended. */
public sealed interface CommandResult {
  /** It was done; these fields go into the acknowledgement (rule AK2). */
  record Done(Map<String, ? extends @Nullable Object> fields) implements CommandResult {}

  /** It was not done, and why. */
  record Failed(ErrorReply problem) implements CommandResult {}

  /** Done, with nothing to add. */
  static CommandResult done() {
    return new Done(Map.of());
  }

  /** Done, at that place in the stream. */
  static CommandResult at(long epoch, long seq) {
    return new Done(Map.of("epoch", epoch, "seq", seq));
  }

  /** Not done. */
  static CommandResult failed(ErrorReply problem) {
    return new Failed(problem);
  }

  /** What the acknowledgement says (rule AK1). */
  default Map<String, @Nullable Object> acknowledgement() {
    var body = new LinkedHashMap<String, @Nullable Object>();
    switch (this) {
      case Done done -> {
        body.put("ok", true);
        body.putAll(done.fields());
      }
      case Failed(ErrorReply problem) -> {
        body.put("ok", false);
        body.put("code", problem.code().wireName());
        body.put("error", problem.text());
        body.put("retryable", problem.code().retryable());
      }
    }
    return body;
  }
}
