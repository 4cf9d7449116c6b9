package dev.watchnchill.load.scenario;

import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.member.ControlCommand;
import dev.watchnchill.load.member.LoadEmoji;
import dev.watchnchill.load.member.LoadMember;
import dev.watchnchill.load.member.LoadRoom;

/**
 * The members of a room talk while its host plays, seeks and pauses. Of 558 events of talk 50 are
 * messages, 250 reactions to the film, 250 reactions to one of the newest messages, and 8 say that
 * somebody writes. All members send in turn.
 */
final class TalkLoad implements PhaseRunner.Command {
  private final LoadRoom loadRoom;
  private final NewestMessages newest;
  private final CommandMix<Kind> mix;
  private int turn;
  private int controls;

  private enum Kind {
    CONTROL(0),
    MESSAGE(50),
    FILM_REACTION(250),
    REACTION(250),
    TYPING(8);

    private static final double TALK = 558;

    private final double weight;

    Kind(double weight) {
      this.weight = weight;
    }

    private double share(double controlsPerSecond, double talkPerSecond) {
      return this == CONTROL ? controlsPerSecond : talkPerSecond * weight / TALK;
    }
  }

  /**
   * Creates the load.
   *
   * @param talkPerSecond 0 for a quiet room
   */
  TalkLoad(
      LoadRoom loadRoom, NewestMessages newest, double controlsPerSecond, double talkPerSecond) {
    this.loadRoom = loadRoom;
    this.newest = newest;
    this.mix =
        new CommandMix<>(Kind.values(), kind -> kind.share(controlsPerSecond, talkPerSecond));
  }

  @Override
  public int send(int index, long dueMicros) {
    Kind kind = mix.next();
    if (kind == Kind.CONTROL) {
      ControlCommand control = ControlCommand.inTurn(controls++);
      loadRoom.host().sendControl(control, loadRoom.room(), dueMicros);
      return loadRoom.size() - 1;
    }
    int round = turn / loadRoom.size();
    LoadMember member = loadRoom.members().get(turn % loadRoom.size());
    turn++;
    switch (kind) {
      case MESSAGE -> member.sendMessage(loadRoom.room(), dueMicros);
      case FILM_REACTION -> member.sendFilmReaction(loadRoom.room(), LoadEmoji.inTurn(turn));
      case REACTION ->
          member.sendReaction(loadRoom.room(), newest.inTurn(turn), LoadEmoji.inTurn(round + turn));
      case TYPING -> member.sendTyping(loadRoom.room(), turn % 2 == 0);
      case CONTROL -> {}
    }
    return kind == Kind.MESSAGE ? loadRoom.size() : 0;
  }
}
