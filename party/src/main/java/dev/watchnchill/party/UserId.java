package dev.watchnchill.party;

import java.util.UUID;

/**
 * Who somebody is within one room: a random UUID that is given on entry (rule ID1).
 *
 * @param value the UUID
 */
public record UserId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
