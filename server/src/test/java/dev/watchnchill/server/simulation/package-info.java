/**
 * Simulations of one or several instances with their clients, in virtual time and with faults.
 *
 * <p>Each run makes its choices with {@code party.generate.Choices}, so that a failing run names
 * its seed and is shrunk to the smallest script that fails, and waits on {@code
 * party.generate.VirtualClock}. The scenarios of one room in {@code party.simulation}, which know
 * no server, share both.
 */
@NullMarked
package dev.watchnchill.server.simulation;

import org.jspecify.annotations.NullMarked;
