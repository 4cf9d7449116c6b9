package dev.watchnchill.server.runtime;

import dev.watchnchill.server.wire.ErrorReply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a client's event. */
public sealed interface CommandResult {
  /** Success; the fields go into the acknowledgement (rule AK2). */
  record Done(Map<String, ? extends @Nullable Object> fields) implements CommandResult {}

  /** Failure, with the error to report. */
  record Failed(ErrorReply problem) implements CommandResult {}

  /** Returns a success without fields. */
  static CommandResult done() {
    return new Done(Map.of());
  }

  /** Returns a success with the revision of the room. */
  static CommandResult at(long epoch, long seq) {
    return new Done(Map.of("epoch", epoch, "seq", seq));
  }

  /** Returns a failure. */
  static CommandResult failed(ErrorReply problem) {
    return new Failed(problem);
  }

  /** Returns the payload of the acknowledgement (rule AK1). */
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
