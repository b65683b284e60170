package dev.statelessmcp.examples.notes;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.completion.Completer;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Title;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;

/** What the server offers. Everything is of the caller alone. */
public final class NotesServer {

  record Which(@Description("Title of the note") String title) {}

  record Confirmation(@Title("Delete it for good?") boolean sure) {}

  private final NoteStore store = new NoteStore();
  private final ChangeFeed feed = ChangeFeed.inProcess();

  private NotesServer() {}

  /**
   * Creates a server without notes.
   *
   * @return the server, for any transport
   */
  public static McpServer create() {
    return new NotesServer().server();
  }

  private McpServer server() {
    Completer titles =
        (typed, arguments, call) -> Completion.startingWith(store.titles(call.caller()), typed);
    return McpServer.named("notes", "1.0.0")
        .tool(write())
        .tool(delete())
        .resources(new NoteCatalog(store))
        .prompt(Prompt.of("summarise", "Summarises a note", call -> {
              Note note = note(call.caller(), call.argument("title"));
              return PromptResult.of(
                  PromptMessage.user("Summarise this note in one sentence:\n\n" + note.text()));
            })
            .requiredArgument("title", "Title of the note")
            .complete("title", titles))
        .changes(feed)
        .build();
  }

  private Tool write() {
    return Tool.of("write", "Keeps a note", Note.class, (note, call) -> {
      boolean isNew = store.put(call.caller(), note);
      feed.publish(
          isNew
              ? ChangeEvent.resourcesChanged()
              : ChangeEvent.resourceUpdated(NoteCatalog.uri(note.title())));
      return ToolResult.text("Kept as " + NoteCatalog.uri(note.title()));
    });
  }

  /** Nothing happens before the question, since the handler runs again with its answer. */
  private Tool delete() {
    return Tool.of("delete", "Deletes a note, once the user agrees", Which.class, (which, call) -> {
          note(call.caller(), which.title());
          Confirmation answer = call.ask(
              "confirm", Question.form("Delete \"" + which.title() + "\"?", Confirmation.class));
          if (!answer.sure() || !store.remove(call.caller(), which.title())) {
            return ToolResult.text("Nothing was deleted");
          }
          feed.publish(ChangeEvent.resourcesChanged());
          return ToolResult.text("Deleted");
        })
        .asks(QuestionKind.FORM);
  }

  private Note note(Caller caller, String title) throws ToolException {
    return store
        .get(caller, title)
        .orElseThrow(() -> new ToolException(
            "There is no note \"" + title + "\"; there are " + store.titles(caller)));
  }
}
