package dev.watchnchill.server.title;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Closes the connection of a response instead of reading its body. */
final class UnreadBody implements BodySubscriber<byte[]> {
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.cancel();
    body.complete(new byte[0]);
  }

  @Override
  public void onNext(List<ByteBuffer> unread) {}

  @Override
  public void onError(Throwable failure) {
    body.complete(new byte[0]);
  }

  @Override
  public void onComplete() {
    body.complete(new byte[0]);
  }
}
