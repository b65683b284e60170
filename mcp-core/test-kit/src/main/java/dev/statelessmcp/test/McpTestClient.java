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
 * A client for tests of MCP servers: the same calls and assertions in memory, over stdio and over
 * HTTP, and in all revisions.
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
 * <p>Everything that the server sends is validated against the rules of the revision: which members
 * messages have and of which types, answers by the id of their request, progress that increases, no
 * questions that the client does not support; and the structured content of a tool against the
 * output schema in the list of tools. A violation fails the request. If the system property
 * {@code mcp.schemas} names a directory with the official schemas, as
 * {@code <revision>/schema.json}, or the class path has them as
 * {@code mcp-schema/<revision>/schema.json}, messages are validated against those, too.
 *
 * <p>Clients are immutable, and safe from any number of threads. A setting returns another client.
 * Settings of requests ({@code caller}, {@code header}, {@code answers} and the like) share the
 * connection; those that a connection is opened with ({@code legacy}, {@code capabilities} and the
 * like) have one of their own. A connection is opened by the first request, with its caller and
 * headers. Handlers run on threads of their own, also in memory.
 */
public final class McpTestClient extends TestRequests implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private McpTestClient(Conversation conversation, RequestSettings settings) {
    super(conversation, settings);
  }

  // Where the server is

  /**
   * A client of a server in this process, without a wire.
   *
   * @param server the server; not null
   * @return a client of revision 2026-07-28 that can answer every kind of question
   */
  public static McpTestClient of(McpServer server) {
    return of(new MemoryTransport(server));
  }

  /**
   * A client of an HTTP endpoint in this process: with headers, statuses and authentication, but
   * without a socket.
   *
   * @param endpoint the endpoint; not null
   * @param path the path of the requests, such as {@code /mcp}; not null
   * @return a client of revision 2026-07-28 that can answer every kind of question
   */
  public static McpTestClient of(StreamableHttp endpoint, String path) {
    return of(new EndpointTransport(endpoint, path));
  }

  /**
   * A client of a server that listens at a URL, such as a Lambda function behind the local runtime
   * or a deployed one.
   *
   * @param url the endpoint, such as {@code http://127.0.0.1:8000/mcp}; not null
   * @return a client of revision 2026-07-28 that can answer every kind of question
   * @throws IllegalArgumentException if it is not an address of HTTP
   */
  public static McpTestClient http(URI url) {
    return of(new UrlTransport(url));
  }

  /**
   * A client of a server that listens at a URL, over an HTTP client of yours: one that trusts the
   * certificate of a test, has a certificate of its own, or speaks HTTP/2.
   *
   * @param url the endpoint, such as {@code https://localhost:8443/mcp}; not null
   * @param httpClient makes the requests; not null, not closed with the connection
   * @return a client of revision 2026-07-28 that can answer every kind of question
   * @throws IllegalArgumentException if it is not an address of HTTP
   */
  public static McpTestClient http(URI url, HttpClient httpClient) {
    return of(new UrlTransport(url, httpClient));
  }

  /**
   * A client of a command that serves its standard streams. Each connection starts a process; its
   * standard error is part of the messages of failures. {@link #close()} ends the process.
   *
   * @param command the program and its arguments; not null
   * @return a client of revision 2026-07-28 that can answer every kind of question
   */
  public static McpTestClient stdio(String... command) {
    return stdio(new ProcessBuilder(command));
  }

  /**
   * A client of a command that serves its standard streams, with a working directory and
   * environment variables.
   *
   * @param command the command; not null, not to be changed afterwards
   * @return a client of revision 2026-07-28 that can answer every kind of question
   */
  public static McpTestClient stdio(ProcessBuilder command) {
    return of(PipeTransport.of(command));
  }

  /**
   * A client over your own transport.
   *
   * @param transport leads to the server; not null
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
   * A client of another revision.
   *
   * @param version the revision; not null
   * @return another client, with a connection of its own
   */
  public McpTestClient version(ProtocolVersion version) {
    return with(conversation.settings.withVersion(Objects.requireNonNull(version, "version")));
  }

  /**
   * A client of the newest revision of the legacy era, 2025-11-25.
   *
   * @return another client, with a connection of its own
   */
  public McpTestClient legacy() {
    return version(ProtocolVersion.NEWEST_LEGACY);
  }

  /**
   * A client with another name.
   *
   * @param info what the client says of itself; not null
   * @return another client, with a connection of its own
   */
  public McpTestClient clientInfo(Implementation info) {
    return with(conversation.settings.withInfo(Objects.requireNonNull(info, "info")));
  }

  /**
   * A client that can be asked these kinds of questions and no others.
   *
   * @param kinds the kinds; none for a client that cannot be asked anything
   * @return another client, with a connection of its own
   */
  public McpTestClient can(QuestionKind... kinds) {
    ObjectNode capabilities = Json.object();
    for (QuestionKind kind : kinds) {
      kind.addTo(capabilities);
    }
    return capabilities(capabilities);
  }

  /**
   * A client with these capabilities and no others, such as those of extensions.
   *
   * @param capabilities the capabilities as they are on the wire; not null
   * @return another client, with a connection of its own
   */
  public McpTestClient capabilities(ObjectNode capabilities) {
    return with(conversation.settings.withCapabilities(capabilities.deepCopy()));
  }

  /**
   * A client that also declares an extension.
   *
   * @param id the id, such as {@code com.example/search}; not null
   * @return another client, with a connection of its own
   */
  public McpTestClient extension(String id) {
    ObjectNode all = conversation.settings.capabilities().deepCopy();
    all.withObjectProperty("extensions").withObjectProperty(Objects.requireNonNull(id, "id"));
    return capabilities(all);
  }

  /**
   * A client that wants log messages.
   *
   * @param level the minimum level; not null
   * @return another client, with a connection of its own
   */
  public McpTestClient logLevel(LogLevel level) {
    return with(conversation.settings.withLogLevel(Objects.requireNonNull(level, "level")));
  }

  /**
   * A client with another time limit. A wait that reaches it fails.
   *
   * @param limit the limit of each wait, 20 seconds by default; positive
   * @return another client, with a connection of its own
   * @throws IllegalArgumentException if the limit is not positive
   */
  public McpTestClient timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("limit must be positive, was " + limit);
    }
    return with(conversation.settings.withLimit(limit));
  }

  /**
   * A client that does not validate messages against the rules of the revision.
   *
   * @return another client, with a connection of its own
   */
  public McpTestClient unchecked() {
    return with(conversation.settings.unchecked());
  }

  // Settings of requests

  /**
   * A client whose requests come from this caller.
   *
   * @param caller the caller; not null
   * @return another client, on the same connection
   * @throws IllegalStateException if the transport carries no callers; send credentials in a header
   */
  public McpTestClient caller(Caller caller) {
    require(conversation.transport().carriesCallers(), "callers; send credentials in a header");
    return with(settings.withCaller(Objects.requireNonNull(caller, "caller")));
  }

  /**
   * A client whose calls have this attribute, as a transport would supply it.
   *
   * @param type the type that handlers ask for; not null
   * @param value the value; not null
   * @param <T> the type
   * @return another client, on the same connection
   * @throws IllegalStateException if the transport carries no attributes
   */
  public <T> McpTestClient attribute(Class<T> type, T value) {
    require(conversation.transport().carriesAttributes(), "attributes");
    return with(settings.withAttributes(settings.attributes().with(type, value)));
  }

  private static void require(boolean carried, String what) {
    if (!carried) {
      throw new IllegalStateException("this transport carries no " + what);
    }
  }

  /**
   * A client that sends this HTTP header. In memory, handlers see it in {@code call.headers()};
   * over stdio it goes nowhere.
   *
   * @param name the name; replaces a header of the kit if it is one; not null
   * @param value the value; not null
   * @return another client, on the same connection
   */
  public McpTestClient header(String name, String value) {
    return with(settings.withHeader(name, Objects.requireNonNull(value, "value")));
  }

  /**
   * A client that sends more metadata.
   *
   * @param meta members of {@code params._meta}; they replace those of the kit; not null
   * @return another client, on the same connection
   */
  public McpTestClient meta(ObjectNode meta) {
    return with(settings.withMeta(meta));
  }

  /**
   * A client whose user answers this question with a form. Each request begins the script anew, and
   * uses each answer once.
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
   * A client whose user gives this answer to a question.
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
   * Notifications that came and belong to no request.
   *
   * @return the messages so far, in order
   */
  public List<JsonNode> unasked() {
    return List.copyOf(conversation.inbox().unasked());
  }

  /**
   * What went over the wire on the connection of this client.
   *
   * @return one line for each message: {@code -->} from the client, {@code <--} from the server
   */
  public String transcript() {
    return conversation.transcript.toString();
  }

  /**
   * Ends the connection. Not needed in memory. Over stdio, waits up to 10 seconds for the server to
   * end, so that what it still sends is validated, too.
   *
   * @throws AssertionError if something broke the protocol since the last request
   */
  @Override
  public void close() {
    conversation.close();
  }
}
