package dev.watchnchill.party.provider;

import dev.watchnchill.party.provider.ProviderVideo.Twitch;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads links to Twitch. */
final class TwitchLinks {
  private static final String PLAYER = "player.twitch.tv";
  private static final String EMBED = "embed.twitch.tv";
  private static final String CLIPS = "clips.twitch.tv";

  static final Set<String> HOSTS =
      Set.of("twitch.tv", "www.twitch.tv", "m.twitch.tv", "go.twitch.tv", PLAYER, EMBED, CLIPS);

  private static final Pattern VIDEO = Pattern.compile("[0-9]{1,12}+");
  private static final Pattern VIDEO_PARAMETER = Pattern.compile("v?[0-9]{1,12}+");
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_]{1,24}+");
  private static final Pattern CLIP = Pattern.compile("[A-Za-z0-9_-]{1,120}+");

  /** First segments of paths that are pages of Twitch itself, and no channels. */
  private static final Set<String> RESERVED =
      Set.of(
          "about",
          "activate",
          "bits",
          "broadcast",
          "checkout",
          "clip",
          "clips",
          "collections",
          "creatorcamp",
          "dashboard",
          "directory",
          "downloads",
          "drops",
          "embed",
          "event",
          "events",
          "following",
          "friends",
          "inventory",
          "jobs",
          "legal",
          "login",
          "logout",
          "messages",
          "moderator",
          "p",
          "payments",
          "popout",
          "prime",
          "privacy",
          "products",
          "redeem",
          "search",
          "security",
          "settings",
          "signup",
          "store",
          "subs",
          "subscriptions",
          "team",
          "teams",
          "turbo",
          "user",
          "videos",
          "wallet");

  private TwitchLinks() {}

  static SiteReading read(SiteAddress address) {
    Twitch found =
        switch (address.host()) {
          case PLAYER, EMBED -> inParameters(address);
          case CLIPS -> ofClips(address);
          default -> inPath(address);
        };
    if (found != null) {
      return new SiteReading.Video(found);
    }
    boolean collection =
        address.startsWith("collections") || address.parameter("collection") != null;
    return new SiteReading.Rejected(
        collection ? LinkProblem.PLAYLIST_ONLY : LinkProblem.NO_SINGLE_VIDEO);
  }

  private static @Nullable Twitch inParameters(SiteAddress address) {
    String video = address.parameter("video", VIDEO_PARAMETER);
    if (video != null) {
      return new Twitch(Twitch.Type.VIDEO, video.startsWith("v") ? video.substring(1) : video);
    }
    String channel = address.parameter("channel");
    return channel == null ? null : channel(channel);
  }

  /** Reads {@code /SLUG}, the older {@code /CHANNEL/SLUG}, and {@code /embed?clip=SLUG}. */
  private static @Nullable Twitch ofClips(SiteAddress address) {
    boolean embedded = address.depth() == 1 && address.startsWith("embed");
    String slug = embedded ? address.parameter("clip") : address.last();
    return address.depth() > 2 ? null : named(Twitch.Type.CLIP, slug, CLIP);
  }

  private static @Nullable Twitch inPath(SiteAddress address) {
    String last = address.last();
    return switch (address.depth()) {
      case 1 -> channel(last);
      case 2 ->
          address.startsWith("videos")
              ? named(Twitch.Type.VIDEO, last, VIDEO)
              : address.startsWith("clip") ? named(Twitch.Type.CLIP, last, CLIP) : null;
      case 3 ->
          address.startsWith("*", "clip")
              ? named(Twitch.Type.CLIP, last, CLIP)
              : address.startsWith("*", "v") || address.startsWith("*", "video")
                  ? named(Twitch.Type.VIDEO, last, VIDEO)
                  : null;
      default -> null;
    };
  }

  private static @Nullable Twitch channel(String name) {
    if (!CHANNEL.matcher(name).matches()) {
      return null;
    }
    String id = name.toLowerCase(Locale.ROOT);
    return RESERVED.contains(id) ? null : new Twitch(Twitch.Type.CHANNEL, id);
  }

  private static @Nullable Twitch named(Twitch.Type type, @Nullable String id, Pattern form) {
    return id != null && form.matcher(id).matches() ? new Twitch(type, id) : null;
  }
}
