/** The scenarios, one class each. */
@NullMarked
package dev.watchnchill.load.scenario;

import org.jspecify.annotations.NullMarked;
