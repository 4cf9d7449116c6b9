package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.party.Control;
import dev.watchnchill.load.party.Party;
import java.util.List;

/**
 * What people do: they chat, everybody in turn, and their hosts play, seek and pause. One room
 * after the other, so that each room gets the same.
 */
final class Talk implements Bench.Command {
  private final List<Party> parties;
  private final String mix;

  Talk(List<Party> parties, Options options) {
    this.parties = parties;
    this.mix = options.oneOf("mix", "mixed", "chat", "control");
  }

  @Override
  public int send(int index, long dueMicros) {
    int place = index % parties.size();
    int round = index / parties.size();
    Party party = parties.get(place);
    boolean mixed = mix.equals("mixed");
    int turn = mixed ? round / 2 : round;
    if (mixed ? (round + place) % 2 == 0 : mix.equals("chat")) {
      party.members().get(turn % party.size()).say(party.room(), dueMicros);
      return party.size();
    }
    party.host().control(Control.inTurn(turn), party.room(), dueMicros);
    return party.size() - 1;
  }
}
