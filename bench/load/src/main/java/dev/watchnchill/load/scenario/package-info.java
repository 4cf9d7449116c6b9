/** What is played, one class for each scenario. */
@NullMarked
package dev.watchnchill.load.scenario;

import org.jspecify.annotations.NullMarked;
