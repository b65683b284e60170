package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.subscription.ChangeEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests of an {@link McpTestClient}. Thread-safe. */
public abstract sealed class TestRequests permits McpTestClient {
  final Conversation conversation;
  final RequestSettings settings;

  TestRequests(Conversation conversation, RequestSettings settings) {
    this.conversation = conversation;
    this.settings = settings;
  }

  /**
   * Calls a tool without arguments, and waits for the answer.
   *
   * @param tool the name of the tool; not null
   * @return the answer
   * @throws AssertionError if there is none, or something breaks the protocol
   */
  public TestAnswer call(String tool) {
    return call(tool, Json.object());
  }

  /**
   * Calls a tool, and waits for the answer.
   *
   * @param tool the name of the tool; not null
   * @param arguments the arguments; not null
   * @return the answer
   * @throws AssertionError if there is none, or something breaks the protocol
   */
  public TestAnswer call(String tool, Record arguments) {
    return call(tool, Trees.object(arguments));
  }

  /**
   * Calls a tool, and waits for the answer.
   *
   * @param tool the name of the tool; not null
   * @param arguments the arguments: strings, numbers, booleans, records, lists, maps, trees; not
   *     null
   * @return the answer
   * @throws AssertionError if there is none, or something breaks the protocol
   */
  public TestAnswer call(String tool, Map<String, ?> arguments) {
    return call(tool, Trees.object(arguments));
  }

  /**
   * Calls a tool, and waits for the answer.
   *
   * @param tool the name of the tool; not null
   * @param json the arguments as a JSON object; not null
   * @return the answer
   * @throws AssertionError if there is none, or something breaks the protocol
   */
  public TestAnswer call(String tool, String json) {
    return call(tool, Trees.object(json));
  }

  /**
   * Calls a tool, and waits for the answer.
   *
   * @param tool the name of the tool; not null
   * @param arguments the arguments; not null
   * @return the answer
   * @throws AssertionError if there is none, or something breaks the protocol
   */
  public TestAnswer call(String tool, ObjectNode arguments) {
    return start(tool, arguments).answer();
  }

  /**
   * Calls a tool without arguments, and does not wait for the answer.
   *
   * @param tool the name of the tool; not null
   * @return the running call
   */
  public TestCall start(String tool) {
    return start(tool, Json.object());
  }

  /**
   * Calls a tool, and does not wait for the answer.
   *
   * @param tool the name of the tool; not null
   * @param arguments the arguments; not null
   * @return the running call
   */
  public TestCall start(String tool, Map<String, ?> arguments) {
    return start(tool, Trees.object(arguments));
  }

  /**
   * Calls a tool, and does not wait for the answer.
   *
   * @param tool the name of the tool; not null
   * @param arguments the arguments; not null
   * @return the running call
   */
  public TestCall start(String tool, ObjectNode arguments) {
    return conversation.start(
        "tools/call", callOf(tool, arguments), settings, TestCall.Mode.HANDLER);
  }

  static ObjectNode callOf(String tool, ObjectNode arguments) {
    ObjectNode params = Json.object().put("name", tool);
    params.set("arguments", arguments);
    return params;
  }

  /**
   * Calls a tool without arguments as a client of the Tasks extension, and waits for its task.
   *
   * @param tool the name of the tool; not null
   * @return the task, which may not have ended
   * @throws AssertionError if the answer is no task, or something breaks the protocol
   * @throws IllegalStateException in the legacy era, which has no such extension
   */
  public TestTask startTask(String tool) {
    return startTask(tool, Json.object());
  }

  /**
   * Calls a tool as a client of the Tasks extension, and waits for its task.
   *
   * @param tool the name of the tool; not null
   * @param arguments the arguments; not null
   * @return the task, which may not have ended
   * @throws AssertionError if the answer is no task, or something breaks the protocol
   * @throws IllegalStateException in the legacy era, which has no such extension
   */
  public TestTask startTask(String tool, Map<String, ?> arguments) {
    return startTask(tool, Trees.object(arguments));
  }

  /**
   * Calls a tool as a client of the Tasks extension, and waits for its task.
   *
   * @param tool the name of the tool; not null
   * @param arguments the arguments; not null
   * @return the task, which may not have ended
   * @throws AssertionError if the answer is no task, or something breaks the protocol
   * @throws IllegalStateException in the legacy era, which has no such extension
   */
  public TestTask startTask(String tool, ObjectNode arguments) {
    return TestTask.start(conversation, settings, tool, arguments);
  }

  /**
   * An existing task, such as one of another client, or from before a restart of the server.
   *
   * @param id the id of the task; not null
   * @return the task; sends no request
   * @throws IllegalStateException in the legacy era, which has no such extension
   */
  public TestTask task(String id) {
    return TestTask.of(conversation, settings, id);
  }

  /**
   * Reads a resource.
   *
   * @param uri the resource; not null
   * @return the answer
   * @throws AssertionError if there is none, or something breaks the protocol
   */
  public TestAnswer read(String uri) {
    ObjectNode params = Json.object().put("uri", uri);
    return conversation
        .start("resources/read", params, settings, TestCall.Mode.HANDLER)
        .answer();
  }

  /**
   * Gets a prompt.
   *
   * @param prompt the name of the prompt; not null
   * @param arguments the arguments; not null
   * @return the answer
   * @throws AssertionError if there is none, or something breaks the protocol
   */
  public TestAnswer prompt(String prompt, Map<String, String> arguments) {
    ObjectNode params = Json.object().put("name", prompt);
    params.set("arguments", Trees.object(arguments));
    return conversation
        .start("prompts/get", params, settings, TestCall.Mode.HANDLER)
        .answer();
  }

  /**
   * Completes an argument of a prompt.
   *
   * @param prompt the name of the prompt; not null
   * @param argument the name of the argument; not null
   * @param value what the user has typed; not null
   * @return the values that the server offers
   * @throws AssertionError if there are none, or something breaks the protocol
   */
  public List<String> completePrompt(String prompt, String argument, String value) {
    return complete(Json.object().put("type", "ref/prompt").put("name", prompt), argument, value);
  }

  /**
   * Completes a variable of a resource template.
   *
   * @param template the template, such as <code>notes:///{day}</code>; not null
   * @param variable the name of the variable; not null
   * @param value what the user has typed; not null
   * @return the values that the server offers
   * @throws AssertionError if there are none, or something breaks the protocol
   */
  public List<String> completeTemplate(String template, String variable, String value) {
    return complete(
        Json.object().put("type", "ref/resource").put("uri", template), variable, value);
  }

  private List<String> complete(ObjectNode ref, String argument, String value) {
    ObjectNode params = Json.object();
    params.set("ref", ref);
    params.putObject("argument").put("name", argument).put("value", value);
    List<String> values = new ArrayList<>();
    conversation
        .start("completion/complete", params, settings, TestCall.Mode.PLAIN)
        .answer()
        .at("/completion/values")
        .forEach(each -> values.add(each.asText()));
    return values;
  }

  /**
   * All pages of the list of tools.
   *
   * @return the tools by name, in order
   * @throws AssertionError if there is no list, or something breaks the protocol
   */
  public Map<String, ObjectNode> tools() {
    return list("tools/list", "tools", "name");
  }

  /**
   * All pages of the list of resources.
   *
   * @return the resources by URI, in order
   * @throws AssertionError if there is no list, or something breaks the protocol
   */
  public Map<String, ObjectNode> resources() {
    return list("resources/list", "resources", "uri");
  }

  /**
   * All pages of the list of resource templates.
   *
   * @return the templates by URI template, in order
   * @throws AssertionError if there is no list, or something breaks the protocol
   */
  public Map<String, ObjectNode> resourceTemplates() {
    return list("resources/templates/list", "resourceTemplates", "uriTemplate");
  }

  /**
   * All pages of the list of prompts.
   *
   * @return the prompts by name, in order
   * @throws AssertionError if there is no list, or something breaks the protocol
   */
  public Map<String, ObjectNode> prompts() {
    return list("prompts/list", "prompts", "name");
  }

  private Map<String, ObjectNode> list(String method, String member, String key) {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    for (ObjectNode item : conversation.list(method, member, settings)) {
      if (all.put(item.path(key).asText(), item) != null) {
        throw conversation
            .faults()
            .failure(method + " has two of the " + key + " " + item.path(key).asText());
      }
    }
    return all;
  }

  /**
   * The result of {@code server/discover}, or of {@code initialize}.
   *
   * @return the result
   * @throws AssertionError if there is none, or something breaks the protocol
   */
  public ObjectNode server() {
    return conversation.server(settings).deepCopy();
  }

  /**
   * Sends any request, such as one for a method of an extension, with the metadata of the revision.
   * If a method of an extension requires the header {@code Mcp-Name} over HTTP, set it:
   * {@code client.header("Mcp-Name", name).request(…)}.
   *
   * @param method the method; not null
   * @param params the parameters, which are not checked against the rules; not null
   * @return the answer
   * @throws AssertionError if there is none, or what the server sends breaks the protocol
   */
  public TestAnswer request(String method, ObjectNode params) {
    return conversation.start(method, params, settings, TestCall.Mode.REQUEST).answer();
  }

  /**
   * Sends any request without changes: without metadata, and without answering questions.
   *
   * @param method the method; not null
   * @param params the parameters, which are not checked against the rules; not null
   * @return the answer
   * @throws AssertionError if there is none, or what the server sends breaks the protocol
   */
  public TestAnswer raw(String method, ObjectNode params) {
    return conversation.start(method, params, settings, TestCall.Mode.RAW).answer();
  }

  /**
   * Sends a notification.
   *
   * @param method the method; not null
   * @param params the parameters; not null
   * @throws AssertionError if it cannot be sent
   */
  public void notify(String method, ObjectNode params) {
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("method", method);
    message.set("params", params.deepCopy());
    conversation.post(message, settings);
  }

  /**
   * Subscribes to changes, and waits until the server has acknowledged it.
   *
   * @param events the changes; not null
   * @return the subscription
   * @throws AssertionError if the server does not acknowledge it
   */
  public TestSubscription listen(ChangeEvent... events) {
    return TestSubscription.open(conversation, settings, events);
  }

  /**
   * Subscribes with a filter, such as that of an extension.
   *
   * @param filter the {@code notifications} of {@code subscriptions/listen}; not null
   * @return the subscription
   * @throws AssertionError if the server does not acknowledge it
   * @throws IllegalStateException in the legacy era, which has no filters
   */
  public TestSubscription listen(ObjectNode filter) {
    if (!conversation.isModern()) {
      throw new IllegalStateException("the legacy era has no filters");
    }
    return TestSubscription.open(conversation, settings, filter.deepCopy());
  }
}
