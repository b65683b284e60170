package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that break the protocol fail the request. */
class FaultsTest {
  private static final String OK =
      "{'jsonrpc':'2.0','id':1,'result':{'resultType':'complete','content':[]}}";

  /** Answers each request with these messages, written with single quotes. */
  private static TestTransport answering(String... messages) {
    return incoming -> new TestTransport.Connection() {
      @Override
      public void send(TestTransport.Outgoing message, TestTransport.Receiver receiver) {
        receiver.sent();
        for (String each : messages) {
          receiver.received(json(each));
        }
      }

      @Override
      public void close() {}
    };
  }

  /** Answers the first request with the first message, and so on. */
  private static TestTransport answeringInTurn(String... messages) {
    AtomicInteger next = new AtomicInteger();
    return incoming -> new TestTransport.Connection() {
      @Override
      public void send(TestTransport.Outgoing message, TestTransport.Receiver receiver) {
        receiver.sent();
        receiver.received(json(messages[next.getAndIncrement()]));
      }

      @Override
      public void close() {}
    };
  }

  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static String failure(McpTestClient client) {
    AssertionError failure = assertThrows(AssertionError.class, () -> client.call("t"));
    return failure.getMessage().split("\n\n", -1)[0];
  }

  private static String progress(String token, int value) {
    return "{'jsonrpc':'2.0','method':'notifications/progress','params':{'progressToken':" + token
        + ",'progress':" + value + "}}";
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {'jsonrpc':'2.0','id':'1','result':{}} | belongs to no open request
      {'jsonrpc':'2.0','id':1,'result':{}} | result.resultType is required
      {'jsonrpc':'1.0','id':1,'error':{'code':1,'message':'m'}} | jsonrpc must be "2.0"
      {'jsonrpc':'2.0','id':1,'error':{'code':1}} | error.message is required
      [] | an array
      {'jsonrpc':'2.0','id':5,'method':'sampling/createMessage','params':{'messages':[],'maxTokens':1}} | which did not declare that capability
      {'jsonrpc':'2.0','id':1,'result':{'resultType':'input_required','inputRequests':{'a':{'method':'roots/list'}}}} | which did not declare that capability
      """)
  void messageThatIsWrongFailsTheRequest(String message, String problem) {
    String failure = failure(McpTestClient.of(answering(message)).can(QuestionKind.FORM));
    assertTrue(failure.contains(problem), failure);
  }

  @Test
  void orderThatIsWrongFailsTheRequest() {
    String decreasing =
        failure(McpTestClient.of(answering(progress("1", 2), progress("1", 1), OK)));
    assertTrue(decreasing.contains("does not increase"), decreasing);
    String foreign = failure(McpTestClient.of(answering(progress("7", 1), OK)));
    assertTrue(foreign.contains("a token that no open request has"), foreign);
    try (McpTestClient client = McpTestClient.of(answering(OK)).unchecked()) {
      client.call("t").isOk();
    }
  }

  @Test
  void answerThatDoesNotComeFailsTheRequest() {
    String failure = failure(McpTestClient.of(answering()).timeout(Duration.ofMillis(50)));
    assertTrue(failure.contains("tools/call t was not answered within PT0.05S"), failure);
  }

  @Test
  void serverThatCannotBeReachedFailsTheRequest() {
    String failure = failure(McpTestClient.of((TestTransport) incoming -> {
      throw new IOException("no route");
    }));
    assertTrue(failure.contains("The server cannot be reached: java.io.IOException: no route"));
  }

  @Test
  void uncheckedClientTakesWhatBreaksTheRules() {
    McpTestClient.of(answering("{'jsonrpc':'2.0','id':1,'result':{'content':[]}}"))
        .unchecked()
        .call("t")
        .isOk();
  }

  /** A list with a tool whose result has a sum. */
  private static String tool(int id) {
    return "{'jsonrpc':'2.0','id':" + id + ",'result':{'resultType':'complete',"
        + "'ttlMs':0,'cacheScope':'private','tools':[{'name':'t','inputSchema':{'type':'object'},"
        + "'outputSchema':{'type':'object','required':['sum'],'properties':"
        + "{'sum':{'type':'integer'}}}}]}}";
  }

  private static String structured(int id, String content) {
    return "{'jsonrpc':'2.0','id':" + id
        + ",'result':{'resultType':'complete','content':[],'structuredContent':" + content + "}}";
  }

  @Test
  void structuredContentThatTheToolDoesNotPromiseFailsTheRequest() {
    String failure =
        failure(McpTestClient.of(answeringInTurn(structured(1, "{'sum':'a'}"), tool(2), tool(3))));
    assertTrue(
        failure.startsWith("The result of tool t breaks the protocol of revision 2026-07-28:"
            + " structuredContent.sum is not valid"),
        failure);
    McpTestClient.of(answeringInTurn(structured(1, "{'sum':1}"), tool(2)))
        .call("t")
        .isOk();
    McpTestClient.of(answeringInTurn(structured(1, "{'sum':'a'}")))
        .unchecked()
        .call("t")
        .isOk();
  }

  @Test
  void promisedStructuredContentThatIsMissingFailsTheRequest() {
    McpTestClient client = McpTestClient.of(answeringInTurn(
        structured(1, "{'sum':1}"), tool(2), OK.replace("'id':1", "'id':3"), tool(4)));
    client.call("t").isOk();
    String failure = failure(client);
    assertTrue(failure.contains("structuredContent is required"), failure);
  }

  @Test
  void faultThatTheTestKnowsDoesNotFailTheNextRequest() {
    McpTestClient client = McpTestClient.of(
        answeringInTurn("{'jsonrpc':'2.0','id':1,'result':{}}", OK.replace("'id':1", "'id':2")));
    assertTrue(failure(client).contains("resultType is required"));
    client.call("t").isOk();
  }

  /** A server that answers once more when its input has ended. */
  @Test
  void messageThatComesLateFailsTheEndOfTheClient() throws IOException {
    Pipe toServer = Pipe.open();
    Pipe fromServer = Pipe.open();
    Thread server = new Thread(() -> {
      try (BufferedReader in =
              new BufferedReader(Channels.newReader(toServer.source(), StandardCharsets.UTF_8));
          Writer out = Channels.newWriter(fromServer.sink(), StandardCharsets.UTF_8)) {
        while (in.readLine() != null) {
          out.write(json(OK) + "\n");
          out.flush();
        }
        out.write(json(OK) + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    server.setDaemon(true);
    server.start();
    McpTestClient client = McpTestClient.of(TestTransport.lines(
        Channels.newInputStream(fromServer.source()), Channels.newOutputStream(toServer.sink())));
    client.call("t").isOk();
    String failure = assertThrows(AssertionError.class, client::close).getMessage();
    assertTrue(failure.contains("belongs to no open request"), failure);
  }
}
