package dev.watchnchill.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.WaitPolicy;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Compares the messages of a room's events with their JSON, byte for byte. */
final class RoomEventEncoderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final RoomId ROOM = new RoomId("ABC123");
  private static final long NOW = 1_700_000_000_007L;
  private static final String ISO = "2023-11-14T22:13:20.007Z";
  private static final String ANN_ID = "00000000-0000-4000-8000-000000000001";
  private static final String SAID_ID = "00000000-0000-4000-8000-000000000002";
  private static final UserId ANN = new UserId(UUID.fromString(ANN_ID));
  private static final DisplayName NAME = new DisplayName("Ann");
  private static final Media FILM = Media.parse("https://films.example/one.mp4").orElseThrow();
  private static final Member MEMBER = new Member(ANN, NAME, true, NOW, null, null, null);
  private static final RoomEventEncoder ENCODER = new RoomEventEncoder(() -> NOW + 0.5);

  static Stream<Arguments> events() {
    Timeline playing = Timeline.idle(NOW).next(4, 0, NOW, ANN).play(5, 12.5, NOW + 150, ANN);
    return Stream.of(
        Arguments.of(
            "user-joined",
            new RoomEvent.UserJoined(2, MEMBER),
            "{'user':{'id':'ANN','name':'Ann','isHost':true,'joinedAt':'ISO'},'epoch':9,'seq':2}",
            true,
            false),
        Arguments.of(
            "user-joined",
            new RoomEvent.UserJoined(2, MEMBER.asAway(NOW)),
            "{'user':{'id':'ANN','name':'Ann','isHost':true,'joinedAt':'ISO','away':true},"
                + "'epoch':9,'seq':2}",
            true,
            false),
        Arguments.of(
            "user-left",
            new RoomEvent.UserLeft(3, ANN),
            "{'userId':'ANN','epoch':9,'seq':3}",
            true,
            false),
        Arguments.of(
            "user-away",
            new RoomEvent.UserAway(3, ANN),
            "{'userId':'ANN','epoch':9,'seq':3}",
            true,
            false),
        Arguments.of(
            "user-returned",
            new RoomEvent.UserReturned(3, ANN),
            "{'userId':'ANN','epoch':9,'seq':3}",
            true,
            false),
        Arguments.of(
            "user-promoted",
            new RoomEvent.UserPromoted(3, ANN, NAME),
            "{'userId':'ANN','userName':'Ann','epoch':9,'seq':3}",
            false,
            false),
        Arguments.of(
            "video-set",
            new RoomEvent.VideoSet(4, FILM, ANN),
            "{'videoUrl':'https://films.example/one.mp4','videoType':'video','userId':'ANN','epoch':9,'seq':4}",
            false,
            false),
        Arguments.of(
            "video-played",
            new RoomEvent.Controlled(5, RoomEvent.Action.PLAYED, 12.5, NOW, ANN),
            "{'currentTime':12.5,'timestamp':1700000000007,'userId':'ANN','epoch':9,'seq':5}",
            true,
            false),
        Arguments.of(
            "video-paused",
            new RoomEvent.Controlled(5, RoomEvent.Action.PAUSED, 0, NOW, ANN),
            "{'currentTime':0.0,'timestamp':1700000000007,'userId':'ANN','epoch':9,'seq':5}",
            true,
            false),
        Arguments.of(
            "video-seeked",
            new RoomEvent.Controlled(5, RoomEvent.Action.SEEKED, 1e7, NOW, ANN),
            "{'currentTime':1.0E7,'timestamp':1700000000007,'userId':'ANN','epoch':9,'seq':5}",
            true,
            false),
        Arguments.of(
            "timeline",
            new RoomEvent.TimelineChanged(5, playing, RoomEvent.Reason.PLAY),
            "{'epoch':9,'seq':5,'item':1,'phase':'playing','position':12.5,'rate':1.0,"
                + "'at':1.700000000157E12,'resume':false,'by':'ANN','duration':0.0,"
                + "'waiting':null,'serverTime':1.7000000000075E12,'reason':'play'}",
            false,
            false),
        Arguments.of(
            "timeline",
            new RoomEvent.TimelineChanged(0, Timeline.idle(NOW), RoomEvent.Reason.DURATION),
            "{'epoch':9,'seq':0,'item':0,'phase':'paused','position':0.0,'rate':1.0,"
                + "'at':1.700000000007E12,'resume':false,'by':null,'duration':0.0,"
                + "'waiting':null,'serverTime':1.7000000000075E12,'reason':'duration'}",
            false,
            false),
        Arguments.of(
            "timeline",
            new RoomEvent.TimelineChanged(
                6,
                playing.prepare(
                    new ReadyBarrier(6, ReadyBarrier.Reason.SEEK, List.of(ANN), NOW + 3000),
                    70,
                    NOW,
                    5000,
                    ANN),
                RoomEvent.Reason.SEEK),
            "{'epoch':9,'seq':6,'item':1,'phase':'preparing','position':70.0,'rate':1.0,"
                + "'at':1.700000000007E12,'resume':true,'by':'ANN','duration':0.0,"
                + "'waiting':{'reason':'seek','for':['ANN'],'until':1700000003007},"
                + "'serverTime':1.7000000000075E12,'reason':'seek'}",
            false,
            false),
        Arguments.of(
            "waiting-set",
            new RoomEvent.WaitingSet(
                6, new WaitPolicy(WaitPolicy.Mode.EVERYONE, 7, 500, 2, 1), ANN),
            "{'mode':'everyone','seconds':7,'graceMs':500,'peopleMax':2,'strikesMax':1,"
                + "'userId':'ANN','epoch':9,'seq':6}",
            false,
            false),
        Arguments.of(
            "new-message",
            new RoomEvent.MessageSent(
                6, new ChatMessage(UUID.fromString(SAID_ID), ANN, NAME, "<b> \u00e9", NOW, 6)),
            "{'message':{'id':'SAID','userId':'ANN','userName':'Ann','message':'<b> \u00e9',"
                + "'timestamp':'ISO','roomId':'ABC123','isRead':false},'epoch':9,'seq':6}",
            false,
            false),
        Arguments.of(
            "message-edited",
            new RoomEvent.MessageEdited(6, UUID.fromString(SAID_ID), "other", NOW, ANN),
            "{'messageId':'SAID','message':'other','editedAt':'ISO','userId':'ANN','epoch':9,"
                + "'seq':6}",
            false,
            false),
        Arguments.of(
            "message-deleted",
            new RoomEvent.MessageDeleted(6, UUID.fromString(SAID_ID), ANN),
            "{'messageId':'SAID','userId':'ANN','epoch':9,'seq':6}",
            false,
            false),
        Arguments.of(
            "message-reactions",
            new RoomEvent.MessageReacted(6, UUID.fromString(SAID_ID)),
            "{'messageId':'SAID','reactions':[],'epoch':9,'seq':6}",
            false,
            false),
        Arguments.of(
            "room-closed",
            new RoomEvent.RoomClosed(7, RoomEvent.ClosureReason.EXPIRED),
            "{'roomId':'ABC123','reason':'expired'}",
            false,
            false),
        Arguments.of(
            "room-closed",
            new RoomEvent.RoomClosed(7, RoomEvent.ClosureReason.EMPTY),
            "{'roomId':'ABC123','reason':'empty'}",
            false,
            false),
        Arguments.of(
            "sync-update",
            new RoomEvent.SyncReported(3.25, true, 1_700_000_000_000d, ANN),
            "{'currentTime':3.25,'isPlaying':true,'timestamp':1700000000000}",
            true,
            true),
        Arguments.of(
            "sync-update",
            new RoomEvent.SyncReported(3, false, 0.5, ANN),
            "{'currentTime':3.0,'isPlaying':false,'timestamp':0.5}",
            true,
            true),
        Arguments.of(
            "user-typing",
            new RoomEvent.Typing(ANN, NAME, true),
            "{'userId':'ANN','userName':'Ann'}",
            true,
            true),
        Arguments.of(
            "film-reactions",
            new RoomEvent.FilmReacted(ANN, NAME, "\u2764\ufe0f"),
            "{'reactions':[{'emoji':'\u2764\ufe0f','count':1}],'userId':'ANN','userName':'Ann'}",
            false,
            true),
        Arguments.of(
            "user-stopped-typing",
            new RoomEvent.Typing(ANN, NAME, false),
            "{'userId':'ANN'}",
            true,
            true));
  }

  private static String json(String form) {
    return form.replace('\'', '"')
        .replace("ANN", ANN_ID)
        .replace("SAID", SAID_ID)
        .replace("ISO", ISO);
  }

  @ParameterizedTest
  @MethodSource("events")
  void EV3_to_EV12_event_is_written_byte_for_byte(
      String name, RoomEvent.BroadcastEvent event, String form, boolean others, boolean droppable) {
    RoomBroadcast out = ENCODER.encode(room(), event);
    assertThat(out.message().eventName()).isEqualTo(name);
    assertThat(JSON.writeValueAsString(out.message())).isEqualTo(json(form));
    assertThat(out.except()).isEqualTo(others ? ANN : null);
    assertThat(out.droppable()).isEqualTo(droppable);
  }

  private static Room room() {
    return new RoomRules(Limits.DEFAULT)
        .create(ROOM, 9, NAME, ANN, SecretHash.of("secret"), SecretHash.of("session"), NOW);
  }

  @Test
  void TP1_TP2_TP3_TP6_room_without_a_video() {
    assertThat(JSON.writeValueAsString(RoomState.of(room(), ANN, false, 8, NOW)))
        .isEqualTo(
            json(
                "{'id':'ABC123','hostId':'ANN','hostName':'Ann','videoType':null,"
                    + "'videoState':{'isPlaying':false,'currentTime':0.0,'duration':0.0,"
                    + "'lastUpdateTime':1700000000007},"
                    + "'users':[{'id':'ANN','name':'Ann','isHost':true,'joinedAt':'ISO'}],"
                    + "'createdAt':'ISO','waiting':{'mode':'never','seconds':5,'graceMs':1000,"
                    + "'peopleMax':4,'strikesMax':3},"
                    + "'settings':{'title':null,'control':'hosts','queue':'hosts',"
                    + "'chat':'everyone','slowModeMs':0,'entry':'link','listed':false,"
                    + "'skipShare':0.5,'hasPassword':false},'knocks':[]}"));
  }

  @Test
  void EV1_EV2_RS1_welcome_has_a_session_token_only_when_there_is_one() {
    Room room = room();
    var state = RoomState.of(room, ANN, false, 8, NOW);
    var user = User.of(MEMBER);
    var timeline = TimelineMessages.forOne(room, NOW, "join");
    String withToken =
        JSON.writeValueAsString(
            new ServerMessage.RoomJoined(
                state, user, ChatEntry.history(room, 20), null, 9, 1, timeline, true, "token"));
    assertThat(withToken).endsWith(",\"resumed\":true,\"sessionToken\":\"token\"}");
    String without =
        JSON.writeValueAsString(
            new ServerMessage.RoomJoined(
                state, user, ChatEntry.history(room, 20), null, 9, 1, timeline, false, null));
    assertThat(without)
        .contains("\"videoType\":null", "\"messages\":[],\"epoch\":9,\"seq\":1,\"timeline\":{")
        .endsWith(",\"resumed\":false}");
    assertThat(
            JSON.writeValueAsString(new ServerMessage.RoomCreated("ABC123", state, "hush", 9, 1)))
        .startsWith("{\"roomId\":\"ABC123\",\"room\":{\"id\":\"ABC123\"")
        .endsWith("},\"hostToken\":\"hush\",\"epoch\":9,\"seq\":1}")
        .doesNotContain("secret", "session");
  }

  @Test
  void EV6_error() {
    assertThat(JSON.writeValueAsString(new ServerMessage.RoomError("Room not found")))
        .isEqualTo("{\"error\":\"Room not found\"}");
  }
}
