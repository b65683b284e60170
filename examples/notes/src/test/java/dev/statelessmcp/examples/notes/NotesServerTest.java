package dev.statelessmcp.examples.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestSubscription;
import dev.statelessmcp.test.UserAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotesServerTest {
  private final McpServer server = NotesServer.create();
  private final McpTestClient ann = McpTestClient.of(server).caller(Caller.of("ann"));

  private static void write(McpTestClient client, String title, String text) {
    client.call("write", Map.of("title", title, "text", text)).isOk();
  }

  @Test
  void aNoteIsAResource() {
    ann.call("write", Map.of("title", "to buy", "text", "* milk"))
        .hasText("Kept as notes:///to%20buy");
    assertEquals(Set.of("notes:///to%20buy"), ann.resources().keySet());
    ann.read("notes:///to%20buy").has("/contents/0/text", "* milk");
    ann.read("notes:///nothing").hasError(-32602);
    ann.read("notes:///%").hasError(-32602);
    ann.read("other:///to%20buy").hasError(-32602);
    ann.call("write", Map.of("title", "", "text", "x")).hasErrorAt("arguments.title", "1");
  }

  @Test
  void longListsComeInPages() {
    McpTestClient client = McpTestClient.of(server);
    for (int i = 0; i < 1003; i++) {
      write(client, "note " + i, "text");
    }
    assertEquals(1003, client.resources().size());
  }

  @Test
  void eachCallerHasSeparateNotes() {
    write(ann, "diary", "Dear diary");
    McpTestClient joe = McpTestClient.of(server).caller(Caller.of("joe"));
    assertEquals(Set.of(), joe.resources().keySet());
    joe.read("notes:///diary").hasError(-32602);
    joe.call("delete", Map.of("title", "diary")).hasToolError("There is no note \"diary\"");
    assertEquals(List.of(), joe.completePrompt("summarise", "title", "d"));
  }

  @Test
  void deletesOnlyWhatTheUserAgreesTo() {
    write(ann, "diary", "Dear diary");
    ann.answers("confirm", UserAnswer.decline()).call("delete", Map.of("title", "diary"));
    ann.answers("confirm", new NotesServer.Confirmation(false))
        .call("delete", Map.of("title", "diary"))
        .hasText("Nothing was deleted");
    ann.read("notes:///diary").isResult();
    ann.answers("confirm", new NotesServer.Confirmation(true))
        .call("delete", Map.of("title", "diary"))
        .hasText("Deleted");
    ann.read("notes:///diary").hasError(-32602);
  }

  @Test
  void aPromptHasTheNoteAndCompletesItsTitle() {
    write(ann, "diary", "Dear diary");
    write(ann, "to buy", "* milk");
    assertEquals(List.of("to buy"), ann.completePrompt("summarise", "title", "to"));
    ann.prompt("summarise", Map.of("title", "to buy"))
        .has("/messages/0/content/text", "Summarise this note in one sentence:\n\n* milk");
  }

  @Test
  void clientsThatListenLearnOfChanges() {
    try (TestSubscription list = ann.listen(ChangeEvent.resourcesChanged())) {
      write(ann, "diary", "Dear diary");
      list.receives(ChangeEvent.resourcesChanged());
    }
    ChangeEvent update = ChangeEvent.resourceUpdated("notes:///diary");
    try (TestSubscription diary = ann.listen(update)) {
      write(ann, "diary", "Dear diary!");
      diary.receives(update);
    }
  }
}
