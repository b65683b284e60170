package dev.statelessmcp.engine;

import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.input.QuestionKind;
import java.util.Set;

/**
 * The kinds of questions that a handler declares: those that it needs, and those that it may ask.
 */
record Asks(Set<QuestionKind> required, Set<QuestionKind> optional) {
  static final Asks NOTHING = new Asks(Set.of(), Set.of());

  static Asks of(Item<?> item) {
    return item.requiredQuestions().isEmpty() && item.optionalQuestions().isEmpty()
        ? NOTHING
        : new Asks(item.requiredQuestions(), item.optionalQuestions());
  }

  boolean includes(QuestionKind kind) {
    return required.contains(kind) || optional.contains(kind);
  }

  boolean isEmpty() {
    return required.isEmpty() && optional.isEmpty();
  }
}
