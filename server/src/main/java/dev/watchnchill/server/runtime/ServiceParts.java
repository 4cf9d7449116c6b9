package dev.watchnchill.server.runtime;

import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.runtime.memory.RoomMemory;
import dev.watchnchill.server.runtime.port.FilmDescriptions;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.port.IceServers;
import dev.watchnchill.server.runtime.port.Passwords;

/**
 * The parts of a {@link RoomService} that a server may do without.
 *
 * @param limits of client addresses
 * @param memory that live rooms may take
 * @param passwords makes and checks passwords
 * @param films describes films that come into a queue
 * @param library the films on the disks of the server
 * @param iceServers the servers that speakers' browsers use
 * @param pagesUrl what stands before {@code /room/} in links: public address or base path
 */
public record ServiceParts(
    AddressLimits limits,
    RoomMemory memory,
    Passwords passwords,
    FilmDescriptions films,
    FilmLibrary library,
    IceServers iceServers,
    String pagesUrl) {
  /** Returns the parts of a server without limits of addresses and memory. */
  public static ServiceParts unlimited() {
    return new ServiceParts(
        AddressLimits.UNLIMITED,
        RoomMemory.unlimited(),
        Passwords.NONE,
        FilmDescriptions.NONE,
        FilmLibrary.NONE,
        IceServers.NONE,
        "");
  }
}
