package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.member.ControlCommand;
import dev.watchnchill.load.member.LoadRoom;
import java.util.List;

/**
 * The commands of usual rooms: all members chat in turn, and the hosts play, seek and pause. One
 * room after the other, so that each room gets the same load.
 */
final class ChatAndControlLoad implements PhaseRunner.Command {
  private final List<LoadRoom> loadRooms;
  private final String mix;

  ChatAndControlLoad(List<LoadRoom> loadRooms, Options options) {
    this.loadRooms = loadRooms;
    this.mix = options.oneOf("mix", "mixed", "chat", "control");
  }

  @Override
  public int send(int index, long dueMicros) {
    int place = index % loadRooms.size();
    int round = index / loadRooms.size();
    LoadRoom loadRoom = loadRooms.get(place);
    boolean mixed = mix.equals("mixed");
    int turn = mixed ? round / 2 : round;
    if (mixed ? (round + place) % 2 == 0 : mix.equals("chat")) {
      loadRoom.members().get(turn % loadRoom.size()).sendMessage(loadRoom.room(), dueMicros);
      return loadRoom.size();
    }
    loadRoom.host().sendControl(ControlCommand.inTurn(turn), loadRoom.room(), dueMicros);
    return loadRoom.size() - 1;
  }
}
