package dev.watchnchill.server.media;

import java.util.Locale;

/** The content types of films, by the ending of their name. */
final class FilmContentType {
  private FilmContentType() {}

  static String of(String fileName) {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "mp4", "m4v" -> "video/mp4";
      case "webm" -> "video/webm";
      case "ogv" -> "video/ogg";
      case "mov" -> "video/quicktime";
      case "mkv" -> "video/x-matroska";
      case "avi" -> "video/x-msvideo";
      case "mp3" -> "audio/mpeg";
      case "m4a" -> "audio/mp4";
      case "ogg", "oga", "opus" -> "audio/ogg";
      case "wav" -> "audio/wav";
      case "flac" -> "audio/flac";
      case "aac" -> "audio/aac";
      default -> "application/octet-stream";
    };
  }
}
