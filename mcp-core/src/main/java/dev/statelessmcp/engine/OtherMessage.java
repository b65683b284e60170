package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Exchange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A notification, or a message that was refused before it could be read. */
final class OtherMessage extends ServedMessage {
  private final JsonRpcMessage.@Nullable Notification notification; // null if there is no message
  private final @Nullable McpException refusal; // null for a notification
  private final Era era;

  OtherMessage(
      ServerDefinition server,
      Exchange exchange,
      Era era,
      JsonRpcMessage.@Nullable Notification notification,
      @Nullable McpException refusal) {
    super(server, exchange);
    this.era = era;
    this.notification = notification;
    this.refusal = refusal;
  }

  @Override
  ObjectNode proceed() {
    if (refusal != null) {
      throw refusal;
    }
    return Json.object();
  }

  @Override
  ObjectNode metaJson() {
    return notification != null && notification.params().get("_meta") instanceof ObjectNode object
        ? object
        : Json.object();
  }

  @Override
  public String method() {
    return notification == null ? "" : notification.method();
  }

  @Override
  public ObjectNode params() {
    return notification == null ? Json.object() : notification.params();
  }

  @Override
  public boolean isNotification() {
    return notification != null;
  }

  @Override
  public boolean isRefused() {
    return refusal != null;
  }

  @Override
  public Optional<String> name() {
    return Optional.empty();
  }

  @Override
  public Optional<RequestId> requestId() {
    return Optional.empty();
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isLimited() {
    return false;
  }

  @Override
  public Era era() {
    return era;
  }

  @Override
  public Optional<RequestMeta> requestMeta() {
    return Optional.empty();
  }
}
