package dev.watchnchill.party;

import java.util.UUID;

/**
 * The id of a user within one room: a random UUID that the server gives on joining (rule ID1).
 *
 * @param value the UUID
 */
public record UserId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
