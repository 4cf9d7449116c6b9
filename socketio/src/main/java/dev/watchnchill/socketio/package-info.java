@NullMarked
package dev.watchnchill.socketio;

import org.jspecify.annotations.NullMarked;
