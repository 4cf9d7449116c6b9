package dev.watchnchill.party.property;

import dev.watchnchill.party.Room;
import java.util.function.Consumer;

/** Checks of the rooms that generated scripts lead to, for tests of the voice group. */
public final class VoiceScripts {
  private VoiceScripts() {}

  /** Checks the room after each command of every script. */
  public static void check(Consumer<Room> property) {
    ScriptedCommand.check(
        script -> ScriptRun.through(script).forEach(moment -> property.accept(moment.after())));
  }
}
