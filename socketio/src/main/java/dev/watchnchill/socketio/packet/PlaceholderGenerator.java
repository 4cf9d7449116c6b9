package dev.watchnchill.socketio.packet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * JSON generator in the format of Socket.IO. Each binary value becomes {@code
 * {"_placeholder":true,"num":n}} and its bytes the n-th attachment. Numbers that JSON lacks become
 * null, as in JavaScript.
 */
final class PlaceholderGenerator extends JsonGeneratorDelegate {
  private final List<byte[]> attachments;

  PlaceholderGenerator(JsonGenerator target, List<byte[]> attachments) {
    super(target, false);
    this.attachments = attachments;
  }

  @Override
  public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
    placeholder(Arrays.copyOfRange(data, offset, offset + length));
    return this;
  }

  @Override
  public int writeBinary(Base64Variant variant, InputStream data, int length) {
    try {
      byte[] bytes = length >= 0 ? data.readNBytes(length) : data.readAllBytes();
      placeholder(bytes);
      return bytes.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JsonGenerator writeNumber(double value) {
    if (Double.isFinite(value)) {
      super.writeNumber(value);
    } else {
      writeNull();
    }
    return this;
  }

  @Override
  public JsonGenerator writeNumber(float value) {
    if (Float.isFinite(value)) {
      super.writeNumber(value);
    } else {
      writeNull();
    }
    return this;
  }

  private void placeholder(byte[] bytes) {
    writeStartObject();
    writeName("_placeholder");
    writeBoolean(true);
    writeName("num");
    writeNumber(attachments.size());
    writeEndObject();
    attachments.add(bytes);
  }
}
