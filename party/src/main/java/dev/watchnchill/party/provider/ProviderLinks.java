package dev.watchnchill.party.provider;

import dev.watchnchill.party.link.WebAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads which video of which provider an address names (rule MD1). */
public final class ProviderLinks {
  private static final Map<String, Function<SiteAddress, SiteReading>> BY_HOST = byHost();

  private ProviderLinks() {}

  /** Returns the video that the address names, or why it names none; other for unknown sites. */
  public static SiteReading read(WebAddress address) {
    var site = new SiteAddress(address);
    Function<SiteAddress, SiteReading> reader = BY_HOST.get(address.host());
    if (reader != null) {
      return reader.apply(site);
    }
    SiteReading shared = ShareLinks.read(site);
    return shared instanceof SiteReading.Other ? PeertubeLinks.read(site) : shared;
  }

  private static Map<String, Function<SiteAddress, SiteReading>> byHost() {
    var readers = new HashMap<String, Function<SiteAddress, SiteReading>>();
    put(readers, YoutubeLinks.HOSTS, YoutubeLinks::read);
    put(readers, VimeoLinks.HOSTS, VimeoLinks::read);
    put(readers, TwitchLinks.HOSTS, TwitchLinks::read);
    put(readers, DailymotionLinks.HOSTS, DailymotionLinks::read);
    return Map.copyOf(readers);
  }

  private static void put(
      Map<String, Function<SiteAddress, SiteReading>> readers,
      Set<String> hosts,
      Function<SiteAddress, SiteReading> reader) {
    hosts.forEach(host -> readers.put(host, reader));
  }
}
