package dev.statelessmcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.engine.Dispatcher;
import dev.statelessmcp.engine.ServerDefinition;
import dev.statelessmcp.engine.ToolRegistry;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A server of the Model Context Protocol, in all its revisions, without sessions: a function from a
 * request to a response. Immutable, and safe from any number of threads.
 *
 * <pre>{@code
 * record Say(@Description("Text to send back") String message) {}
 *
 * McpServer server =
 *     McpServer.named("echo", "1.0.0")
 *         .tool(
 *             Tool.of(
 *                 "echo",
 *                 "Sends the text back",
 *                 Say.class,
 *                 (say, call) -> ToolResult.text("Echo: " + say.message())))
 *         .build();
 * }</pre>
 *
 * <p>Hand it to a transport to make it reachable: {@code StdioTransport}, {@code McpHttpServer},
 * {@code McpLambdaHandler}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28">The specification</a>
 */
public final class McpServer {
  private final Implementation info;
  private final Dispatcher dispatcher;

  private McpServer(ServerDefinition definition) {
    info = definition.info();
    dispatcher = new Dispatcher(definition);
  }

  /**
   * Begins a server.
   *
   * @param name its programmatic name; not null
   * @param version its version, such as {@code 1.0.0}; not null
   * @return a builder
   */
  public static Builder named(String name, String version) {
    return new Builder(new Implementation(name, version));
  }

  /**
   * What the server says about itself.
   *
   * @return name and version
   */
  public Implementation info() {
    return info;
  }

  /**
   * Serves a request. Blocks until the answer is there, and throws nothing for what a peer sent.
   *
   * @param request the request; not null
   * @param exchange what the transport supplies; not null
   * @return the answer. If the call was cancelled meanwhile, nobody is to see it.
   */
  public JsonRpcMessage.Response handle(JsonRpcMessage.Request request, Exchange exchange) {
    Admission admission = admit(Era.of(request, null), request, exchange);
    return admission instanceof Admission.Admitted admitted
        ? admitted.call().get()
        : ((Admission.Refused) admission).failure();
  }

  /**
   * Decides everything about a request that must be decided before its handler runs: version,
   * metadata, method. For transports that choose a status by it.
   *
   * @param era the era, by {@link Era#of}; not null
   * @param request the request; not null
   * @param exchange what the transport supplies; not null
   * @return a refusal, or a call that can be run once
   */
  public Admission admit(Era era, JsonRpcMessage.Request request, Exchange exchange) {
    return dispatcher.admit(era, request, exchange);
  }

  /**
   * Serves a JSON-RPC batch, one message after the other. Only the revisions 2024-11-05 and
   * 2025-03-26 have batches; {@link Exchange#legacyClient()} says which one is spoken.
   *
   * @param batch the batch; not null
   * @param exchange what the transport supplies; not null
   * @return what to send: an array with the answers in order, or one failure if the batch is
   *     refused as a whole; empty if there is nothing to answer
   */
  public Optional<JsonNode> handle(JsonRpcPayload.Batch batch, Exchange exchange) {
    return dispatcher.serve(batch, exchange);
  }

  /** Collects what a server is made of. Not safe from several threads. */
  public static final class Builder {
    private Implementation info;
    private String instructions;
    private final List<Tool> tools = new ArrayList<>();

    private Builder(Implementation info) {
      this.info = info;
    }

    /**
     * A name for people.
     *
     * @param title the title; null for none
     * @return this
     */
    public Builder title(String title) {
      info = new Implementation(
          info.name(), info.version(), title, info.description(), info.websiteUrl());
      return this;
    }

    /**
     * What the server does, for people.
     *
     * @param description a sentence; null for none
     * @return this
     */
    public Builder description(String description) {
      info = new Implementation(
          info.name(), info.version(), info.title(), description, info.websiteUrl());
      return this;
    }

    /**
     * How to use the server, for the model.
     *
     * @param text a few sentences; null for none
     * @return this
     */
    public Builder instructions(String text) {
      instructions = text;
      return this;
    }

    /**
     * Adds a tool. Clients see the tools in the order in which they are added.
     *
     * @param tool the tool; not null
     * @return this
     */
    public Builder tool(Tool tool) {
      tools.add(Objects.requireNonNull(tool, "tool"));
      return this;
    }

    /**
     * Finishes the server.
     *
     * @return the server
     * @throws IllegalArgumentException if two tools have the same name
     */
    public McpServer build() {
      return new McpServer(new ServerDefinition(info, instructions, new ToolRegistry(tools)));
    }
  }
}
