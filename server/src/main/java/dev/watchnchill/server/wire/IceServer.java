package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server, in the form that browsers take (VO6).
 *
 * @param username for a TURN server, else null
 * @param credential for a TURN server, else null; never logged
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IceServer(List<String> urls, @Nullable String username, @Nullable String credential) {
  @Override
  public String toString() {
    return "IceServer" + urls;
  }
}
