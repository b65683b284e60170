package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.input.Root;
import dev.statelessmcp.input.SamplingResult;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;

/** Tools that ask the client questions, in one round trip or in several. */
final class QuestionTools {
  private static final String NAME = "test_input_required_result_";

  /**
   * The name of the user.
   *
   * @param name the name
   */
  record Name(String name) {}

  /**
   * The favorite color of the user.
   *
   * @param color the color
   */
  record Color(String color) {}

  /**
   * The confirmation of the user.
   *
   * @param ok whether the user agrees
   */
  record Confirmation(boolean ok) {}

  private QuestionTools() {}

  static List<Tool> all() {
    return List.of(
        tool("elicitation", "Asks the user", QuestionTools::greet).asks(QuestionKind.FORM),
        tool("sampling", "Asks the model", QuestionTools::capital).asks(QuestionKind.SAMPLING),
        tool("list_roots", "Asks for the roots", QuestionTools::countRoots)
            .asks(QuestionKind.ROOTS),
        tool("request_state", "Asks the user, and checks the state", QuestionTools::confirm)
            .asks(QuestionKind.FORM),
        tool("multiple_inputs", "Asks three questions at once", QuestionTools::askAtOnce)
            .asks(QuestionKind.FORM, QuestionKind.SAMPLING, QuestionKind.ROOTS),
        tool("multi_round", "Asks two questions in turn", QuestionTools::askInTurn)
            .asks(QuestionKind.FORM),
        tool("tampered_state", "Refuses a state that was changed", QuestionTools::confirm)
            .asks(QuestionKind.FORM),
        tool("capabilities", "Asks only what the client answers", QuestionTools::askWhatCan)
            .mayAsk(QuestionKind.FORM, QuestionKind.SAMPLING, QuestionKind.ROOTS),
        Tool.of(
                "test_missing_capability",
                "Needs a client that declares sampling",
                NoArguments.class,
                (none, call) -> ToolResult.text("The client declares sampling"))
            .asks(QuestionKind.SAMPLING));
  }

  private static Tool tool(
      String suffix, String description, ToolHandler<NoArguments, ToolResult> handler) {
    return Tool.of(NAME + suffix, description, NoArguments.class, handler);
  }

  private static Question<Name> nameQuestion(String message) {
    return Question.form(message, Name.class);
  }

  private static ToolResult greet(NoArguments none, ToolCall call) throws Exception {
    Name name = call.ask("user_name", nameQuestion("What is your name?"));
    return ToolResult.text("Hello, " + name.name() + "!");
  }

  private static ToolResult capital(NoArguments none, ToolCall call) throws Exception {
    SamplingResult answer =
        call.ask("capital_question", Question.sampling("What is the capital of France?", 100));
    return ToolResult.text("The model says: " + answer.text());
  }

  private static ToolResult countRoots(NoArguments none, ToolCall call) throws Exception {
    List<Root> roots = call.ask("client_roots", Question.roots());
    return ToolResult.text("The client has " + roots.size() + " roots");
  }

  /** The library checks the state before the handler runs; here it is valid. */
  private static ToolResult confirm(NoArguments none, ToolCall call) throws Exception {
    Confirmation answer = call.ask("confirm", Question.form("Please confirm", Confirmation.class));
    return ToolResult.text("state-ok, " + (answer.ok() ? "confirmed" : "not confirmed"));
  }

  private static ToolResult askAtOnce(NoArguments none, ToolCall call) throws Exception {
    Questions questions = new Questions();
    Questions.Asked<Name> name = questions.add("user_name", nameQuestion("What is your name?"));
    Questions.Asked<SamplingResult> greeting =
        questions.add("greeting", Question.sampling("Generate a greeting", 50));
    Questions.Asked<List<Root>> roots = questions.add("client_roots", Question.roots());
    call.ask(questions);
    return ToolResult.text(greeting.answer().text()
        + " "
        + name.answer().name()
        + ", you have "
        + roots.answer().size()
        + " roots");
  }

  private static ToolResult askInTurn(NoArguments none, ToolCall call) throws Exception {
    Name name = call.ask("step1", nameQuestion("Step 1: What is your name?"));
    Color color =
        call.ask("step2", Question.form("Step 2: What is your favorite color?", Color.class));
    return ToolResult.text(name.name() + " likes " + color.color());
  }

  private static ToolResult askWhatCan(NoArguments none, ToolCall call)
      throws InterruptedException {
    Questions questions = new Questions();
    if (call.canAsk(QuestionKind.FORM)) {
      questions.add("user_name", nameQuestion("What is your name?"));
    }
    if (call.canAsk(QuestionKind.SAMPLING)) {
      questions.add("greeting", Question.sampling("Generate a greeting", 50));
    }
    if (call.canAsk(QuestionKind.ROOTS)) {
      questions.add("client_roots", Question.roots());
    }
    call.ask(questions);
    List<String> answered = new ArrayList<>();
    questions.all().forEach((key, asked) -> {
      if (isAnswered(asked)) {
        answered.add(key);
      }
    });
    return ToolResult.text("The client answered: " + answered);
  }

  private static boolean isAnswered(Questions.Asked<?> asked) {
    try {
      asked.answer();
      return true;
    } catch (DeclinedException e) {
      return false;
    }
  }
}
