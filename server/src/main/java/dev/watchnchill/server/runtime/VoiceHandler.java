package dev.watchnchill.server.runtime;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.VoiceCommand;
import dev.watchnchill.server.runtime.port.IceServers;
import dev.watchnchill.server.runtime.port.IdSource;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerReply;
import dev.watchnchill.server.wire.SpeakerEntry;
import java.util.UUID;

/** Resolves requests about voice whose replies say more than their commands (rules VO1, VO5). */
final class VoiceHandler {
  private final IdSource ids;
  private final IceServers servers;
  private final int voiceMax;

  VoiceHandler(IdSource ids, IceServers servers, int voiceMax) {
    this.ids = ids;
    this.servers = servers;
    this.voiceMax = voiceMax;
  }

  MemberCommands.Resolution join(UserId me, ClientRequest.JoinVoice join) {
    UUID peer = ids.uuid();
    return new MemberCommands.CommandToApply(
        new VoiceCommand.JoinVoice(me, peer, join.muted()),
        room ->
            new ServerReply.VoiceJoined(
                peer.toString(),
                servers.current(),
                voiceMax,
                SpeakerEntry.of(room),
                room.epoch(),
                room.seq()));
  }

  /** Resolves a signal, which has no position in the stream (rule AK2). */
  static MemberCommands.Resolution signal(UserId me, ClientRequest.SendSignal send) {
    return new MemberCommands.CommandToApply(
        new VoiceCommand.SendSignal(me, send.to(), send.signal()), _ -> ServerReply.done());
  }
}
