package dev.statelessmcp.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Receives the container's events about a disconnected client. */
record Lost(ServletReply reply) implements AsyncListener {

  @Override
  public void onError(AsyncEvent event) {
    reply.lost();
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
