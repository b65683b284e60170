package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A client for tests of MCP servers, with the same calls and assertions in memory, over stdio and
 * over HTTP, and in all revisions.
 *
 * <pre>{@code
 * McpTestClient client = McpTestClient.of(server);
 * client.call("weather", Map.of("city", "Oslo"))
 *     .hasProgress("asking the weather service")
 *     .hasStructured(new Weather(21.5, List.of()));
 * client.call("weather", Map.of()).hasErrorAt("arguments.city", "is required");
 * client.answers("booking", new Booking(4, true)).call("book").hasText("Booked for 4");
 * client.legacy().call("weather", Map.of("city", "Oslo")).isOk();
 * }</pre>
 *
 * <p>All messages of the server are validated against the rules of the revision: their members and
 * types, the ids of answers, increasing progress, and no questions that the client does not
 * support. The structured content of a tool is validated against the output schema in the list of
 * tools. A violation fails the request. If the system property {@code mcp.schemas} names a
 * directory with the official schemas, as {@code <revision>/schema.json}, or the class path has
 * them as {@code mcp-schema/<revision>/schema.json}, messages are also validated against those.
 *
 * <p>Clients are immutable and thread-safe. The methods that set something return another client.
 * With settings of requests, such as {@code caller}, {@code header} and {@code answers}, it shares
 * the connection; with settings of the connection, such as {@code legacy} and {@code capabilities},
 * it has a separate one. The first request opens the connection, with its caller and headers.
 * Handlers run on separate threads, also in memory.
 */
public final class McpTestClient extends TestRequests implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private McpTestClient(Conversation conversation, RequestSettings settings) {
    super(conversation, settings);
  }

  // Factories

  /**
   * Creates a client of a server in this process.
   *
   * @param server the server; not null
   * @return a client of revision 2026-07-28 that can answer every kind of question
   */
  public static McpTestClient of(McpServer server) {
    return of(new MemoryTransport(server));
  }

  /**
   * Creates a client of an HTTP endpoint in this process: with headers, statuses and
   * authentication, but without a socket.
   *
   * @param endpoint the endpoint; not null
   * @param path the path of the requests, such as {@code /mcp}; not null
   * @return a client of revision 2026-07-28 that can answer every kind of question
   */
  public static McpTestClient of(StreamableHttp endpoint, String path) {
    return of(new EndpointTransport(endpoint, path));
  }

  /**
   * Creates a client of a server at a URL, such as a local or deployed Lambda function.
   *
   * @param url the endpoint, such as {@code http://127.0.0.1:8000/mcp}; not null
   * @return a client of revision 2026-07-28 that can answer every kind of question
   * @throws IllegalArgumentException if it is not an HTTP URL
   */
  public static McpTestClient http(URI url) {
    return of(new UrlTransport(url));
  }

  /**
   * Creates a client of a server at a URL that uses your HTTP client, for example one that trusts
   * the certificate of a test, has a client certificate, or uses HTTP/2.
   *
   * @param url the endpoint, such as {@code https://localhost:8443/mcp}; not null
   * @param httpClient sends the requests; not null, not closed with the connection
   * @return a client of revision 2026-07-28 that can answer every kind of question
   * @throws IllegalArgumentException if it is not an HTTP URL
   */
  public static McpTestClient http(URI url, HttpClient httpClient) {
    return of(new UrlTransport(url, httpClient));
  }

  /**
   * Creates a client of a command that serves its standard streams. Each connection starts a
   * process, whose standard error is added to failure messages. {@link #close()} ends the process.
   *
   * @param command the program and its arguments; not null
   * @return a client of revision 2026-07-28 that can answer every kind of question
   */
  public static McpTestClient stdio(String... command) {
    return stdio(new ProcessBuilder(command));
  }

  /**
   * Creates a client of a command that serves its standard streams, with a working directory and
   * environment variables.
   *
   * @param command the command; not null, must not be changed afterwards
   * @return a client of revision 2026-07-28 that can answer every kind of question
   */
  public static McpTestClient stdio(ProcessBuilder command) {
    return of(PipeTransport.of(command));
  }

  /**
   * Creates a client over a custom transport.
   *
   * @param transport connects to the server; not null
   * @return a client of revision 2026-07-28 that can answer every kind of question
   */
  public static McpTestClient of(TestTransport transport) {
    ObjectNode capabilities = Json.object();
    for (QuestionKind kind : QuestionKind.values()) {
      kind.addTo(capabilities);
    }
    ClientSettings settings = new ClientSettings(
        ProtocolVersion.V2026_07_28,
        Implementation.of("mcp-test", "1"),
        capabilities,
        null,
        LIMIT,
        true);
    return new McpTestClient(new Conversation(transport, settings), RequestSettings.NONE);
  }

  private McpTestClient with(ClientSettings changed) {
    return new McpTestClient(new Conversation(conversation.transport(), changed), settings);
  }

  private McpTestClient with(RequestSettings changed) {
    return new McpTestClient(conversation, changed);
  }

  // Settings of the connection

  /**
   * Sets the revision.
   *
   * @param version the revision; not null
   * @return another client, with a separate connection
   */
  public McpTestClient version(ProtocolVersion version) {
    return with(conversation.settings.withVersion(Objects.requireNonNull(version, "version")));
  }

  /**
   * Sets the newest revision of the legacy era, 2025-11-25.
   *
   * @return another client, with a separate connection
   */
  public McpTestClient legacy() {
    return version(ProtocolVersion.NEWEST_LEGACY);
  }

  /**
   * Sets the name and version of the client.
   *
   * @param info the name and version; not null
   * @return another client, with a separate connection
   */
  public McpTestClient clientInfo(Implementation info) {
    return with(conversation.settings.withInfo(Objects.requireNonNull(info, "info")));
  }

  /**
   * Sets the kinds of questions that the client can answer.
   *
   * @param kinds the kinds; empty for a client that cannot be asked
   * @return another client, with a separate connection
   */
  public McpTestClient can(QuestionKind... kinds) {
    ObjectNode capabilities = Json.object();
    for (QuestionKind kind : kinds) {
      kind.addTo(capabilities);
    }
    return capabilities(capabilities);
  }

  /**
   * Sets all capabilities of the client, such as those of extensions.
   *
   * @param capabilities the capabilities in their wire form; not null
   * @return another client, with a separate connection
   */
  public McpTestClient capabilities(ObjectNode capabilities) {
    return with(conversation.settings.withCapabilities(capabilities.deepCopy()));
  }

  /**
   * Adds an extension to the capabilities of the client.
   *
   * @param id the id, such as {@code com.example/search}; not null
   * @return another client, with a separate connection
   */
  public McpTestClient extension(String id) {
    ObjectNode all = conversation.settings.capabilities().deepCopy();
    all.withObjectProperty("extensions").withObjectProperty(Objects.requireNonNull(id, "id"));
    return capabilities(all);
  }

  /**
   * Requests log messages.
   *
   * @param level the minimum level; not null
   * @return another client, with a separate connection
   */
  public McpTestClient logLevel(LogLevel level) {
    return with(conversation.settings.withLogLevel(Objects.requireNonNull(level, "level")));
  }

  /**
   * Sets the time limit of each wait, after which the test fails.
   *
   * @param limit the limit, 20 seconds by default; positive
   * @return another client, with a separate connection
   * @throws IllegalArgumentException if the limit is not positive
   */
  public McpTestClient timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("limit must be positive, was " + limit);
    }
    return with(conversation.settings.withLimit(limit));
  }

  /**
   * Switches off the validation of messages against the rules of the revision.
   *
   * @return another client, with a separate connection
   */
  public McpTestClient unchecked() {
    return with(conversation.settings.unchecked());
  }

  // Settings of requests

  /**
   * Sets the caller of the requests.
   *
   * @param caller the caller; not null
   * @return another client, on the same connection
   * @throws IllegalStateException if the transport cannot pass a caller; send credentials in a
   *     header
   */
  public McpTestClient caller(Caller caller) {
    require(conversation.transport().carriesCallers(), "callers; send credentials in a header");
    return with(settings.withCaller(Objects.requireNonNull(caller, "caller")));
  }

  /**
   * Sets an attribute of the calls, as a transport would.
   *
   * @param type the type of the attribute; not null
   * @param value the value; not null
   * @param <T> the type
   * @return another client, on the same connection
   * @throws IllegalStateException if the transport cannot pass attributes
   */
  public <T> McpTestClient attribute(Class<T> type, T value) {
    require(conversation.transport().carriesAttributes(), "attributes");
    return with(settings.withAttributes(settings.attributes().with(type, value)));
  }

  private static void require(boolean carried, String what) {
    if (!carried) {
      throw new IllegalStateException("this transport cannot pass " + what);
    }
  }

  /**
   * Sets an HTTP header. In memory, handlers see it in {@code call.headers()}; over stdio it is not
   * sent.
   *
   * @param name the name; may replace a header of the kit; not null
   * @param value the value; not null
   * @return another client, on the same connection
   */
  public McpTestClient header(String name, String value) {
    return with(settings.withHeader(name, Objects.requireNonNull(value, "value")));
  }

  /**
   * Adds metadata to the requests.
   *
   * @param meta members of {@code params._meta}, which may replace those of the kit; not null
   * @return another client, on the same connection
   */
  public McpTestClient meta(ObjectNode meta) {
    return with(settings.withMeta(meta));
  }

  /**
   * Adds the user's answer to a question: the content of a form. Each request starts with all
   * answers, and uses each answer once.
   *
   * @param key the key of the question, the first argument of {@code Call.ask}; in the legacy era
   *     questions have no key, and the answers are used in their order; not null
   * @param form the content of the form; not null
   * @return another client, on the same connection
   */
  public McpTestClient answers(String key, Record form) {
    return answers(key, UserAnswer.form(form));
  }

  /**
   * Adds the user's answer to a question.
   *
   * @param key the key of the question, as in {@link #answers(String, Record)}; not null
   * @param answer the answer; not null
   * @return another client, on the same connection
   */
  public McpTestClient answers(String key, UserAnswer answer) {
    return with(settings.withAnswer(
        Objects.requireNonNull(key, "key"), Objects.requireNonNull(answer, "answer")));
  }

  /**
   * The notifications that belong to no request.
   *
   * @return the messages so far, in order
   */
  public List<JsonNode> unasked() {
    return List.copyOf(conversation.inbox().unasked());
  }

  /**
   * The messages of the connection.
   *
   * @return one line for each message: {@code -->} from the client, {@code <--} from the server
   */
  public String transcript() {
    return conversation.transcript.toString();
  }

  /**
   * Closes the connection. Not needed in memory. Over stdio, waits up to 10 seconds for the server
   * to end, and validates its remaining output.
   *
   * @throws AssertionError if the server has broken the protocol since the last request
   */
  @Override
  public void close() {
    conversation.close();
  }
}
