package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.property.ScriptRun.Moment;
import dev.watchnchill.party.queue.QueueView;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The events are complete: the room can be rebuilt from them. */
class ReplayTest {

  @Test
  void SQ2_all_events_together_give_the_room() {
    ScriptedCommand.check(script -> {
      var listener = new Listener(ScriptRun.start());
      for (Moment moment : ScriptRun.through(script)) {
        moment.decision().events().forEach(listener::hear);
        listener.agreesWith(moment.after());
      }
    });
  }

  /** The state that a client can derive: the room at its join, and the events since. */
  private static final class Listener {
    private record Person(String name, boolean host, boolean away, boolean muted, long joinedAtMs) {
      Person(Member member) {
        this(
            member.name().value(),
            member.host(),
            member.away(),
            member.muted(),
            member.joinedAtMs());
      }

      Person asHost(boolean right) {
        return new Person(name, right, away, muted, joinedAtMs);
      }

      Person asAway(boolean lost) {
        return new Person(name, host, lost, muted, joinedAtMs);
      }

      Person asMuted(boolean quiet) {
        return new Person(name, host, away, quiet, joinedAtMs);
      }
    }

    private final Map<UserId, Person> people = new LinkedHashMap<>();
    private final Map<UUID, Knock> waitingPeople = new LinkedHashMap<>();
    private final List<ChatMessage> chat = new ArrayList<>();
    private UserId owner;
    private String ownerName;
    private RoomSettings settings;
    private boolean hasPassword;
    private @Nullable Media media;
    private Timeline timeline;
    private WaitPolicy waiting;
    private boolean closed;
    private List<SubtitleTrack> subtitles = List.of();
    private final QueueView queue;

    Listener(Room joined) {
      queue = new QueueView(joined);
      people.putAll(peopleOf(joined));
      timeline = joined.timeline();
      waiting = joined.waiting();
      owner = joined.hostId();
      ownerName = joined.hostName().value();
      settings = joined.settings();
    }

    void hear(RoomEvent event) {
      switch (event) {
        case RoomEvent.UserJoined joined -> {
          people.put(joined.member().id(), new Person(joined.member()));
        }
        case RoomEvent.UserLeft left -> assertThat(people.remove(left.userId())).isNotNull();
        case RoomEvent.UserPromoted promoted ->
            change(promoted.userId(), person -> person.asHost(true));
        case RoomEvent.UserDemoted demoted ->
            change(demoted.userId(), person -> person.asHost(false));
        case RoomEvent.RoomTransferred transferred -> {
          owner = transferred.hostId();
          ownerName = transferred.hostName().value();
        }
        case RoomEvent.HostTokenIssued issued -> assertThat(issued.userId()).isEqualTo(owner);
        case RoomEvent.SettingsChanged changed -> {
          settings = changed.settings();
          hasPassword = changed.hasPassword();
        }
        case RoomEvent.MemberMuted muted ->
            change(muted.userId(), person -> person.asMuted(muted.muted()));
        case RoomEvent.Knocked knocked ->
            assertThat(waitingPeople.put(knocked.knock().id(), knocked.knock())).isNull();
        case RoomEvent.KnockClosed closed -> waitingPeople.remove(closed.knock());
        case RoomEvent.InvitationsChanged _ -> {}
        case RoomEvent.BansChanged _ -> {}
        case RoomEvent.UserAway away -> change(away.userId(), person -> person.asAway(true));
        case RoomEvent.UserReturned back -> change(back.userId(), person -> person.asAway(false));
        case RoomEvent.VideoSet set -> media = set.media();
        case RoomEvent.TimelineChanged changed -> timeline = changed.timeline();
        case RoomEvent.MessageSent sent -> {
          chat.add(sent.message());
          if (chat.size() > ScriptRun.LIMITS.chatKeep()) {
            chat.removeFirst();
          }
        }
        case RoomEvent.MessageEdited edited ->
            chat.replaceAll(message ->
                message.id().equals(edited.message())
                    ? message.edited(edited.text(), edited.editedAtMs())
                    : message);
        case RoomEvent.MessageDeleted deleted ->
            chat.replaceAll(
                message -> message.id().equals(deleted.message()) ? message.asDeleted() : message);
        case RoomEvent.MessageReacted reacted ->
            assertThat(chat).anyMatch(message -> message.id().equals(reacted.message()));
        case RoomEvent.RoomClosed _ -> closed = true;
        case RoomEvent.WaitingSet set -> waiting = set.waiting();
        case RoomEvent.ViewerSignal sign -> assertThat(people).containsKey(sign.userId());
        case RoomEvent.QueueChanged changed -> queue.hear(changed);
        case RoomEvent.SubtitlesChanged changed -> subtitles = changed.tracks();
        case RoomEvent.VoiceChanged _ -> {}
        case RoomEvent.VoiceSignalled signal -> assertThat(people).containsKey(signal.to());
        case RoomEvent.SpeakingChanged speaking ->
            assertThat(people).containsKey(speaking.userId());
        case RoomEvent.Controlled _ -> {}
        case RoomEvent.SyncReported _ -> {}
        case RoomEvent.Typing typing -> assertThat(people).containsKey(typing.userId());
        case RoomEvent.FilmReacted reacted -> assertThat(people).containsKey(reacted.userId());
      }
    }

    void agreesWith(Room room) {
      assertThat(people).containsExactlyEntriesOf(peopleOf(room));
      assertThat(chat)
          .containsExactlyElementsOf(
              room.chat().messages().stream()
                  .map(message -> message.withReactions(Reactions.NONE))
                  .toList());
      assertThat(media).isEqualTo(room.media());
      queue.agreesWith(room);
      assertThat(subtitles).isEqualTo(room.subtitles());
      assertThat(timeline).isEqualTo(room.timeline());
      assertThat(waiting).isEqualTo(room.waiting());
      assertThat(closed).isEqualTo(room.closed());
      assertThat(owner).isEqualTo(room.hostId());
      assertThat(ownerName).isEqualTo(room.hostName().value());
      assertThat(settings).isEqualTo(room.settings());
      assertThat(hasPassword).isEqualTo(room.entry().password() != null);
      assertThat(waitingPeople.values())
          .containsExactlyElementsOf(
              room.entry().knocks().stream().filter(knock -> !knock.accepted()).toList());
    }

    private void change(UserId id, UnaryOperator<Person> how) {
      assertThat(people.computeIfPresent(id, (_, person) -> how.apply(person))).isNotNull();
    }

    private static Map<UserId, Person> peopleOf(Room room) {
      var people = new LinkedHashMap<UserId, Person>();
      for (var member : room.members().list()) {
        people.put(member.id(), new Person(member));
      }
      return people;
    }
  }
}
