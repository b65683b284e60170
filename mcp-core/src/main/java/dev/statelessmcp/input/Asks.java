package dev.statelessmcp.input;

import java.util.EnumSet;
import java.util.Set;

/**
 * The kinds of questions that a handler declares by {@code asks} and {@code mayAsk}. Immutable. Not
 * part of the API: for the engine.
 *
 * @param required the kinds that the handler needs: a client that does not support one is refused
 *     before the handler runs; not null
 * @param optional the kinds that the handler asks if the client supports them; not null
 */
public record Asks(Set<QuestionKind> required, Set<QuestionKind> optional) {

  /** The declaration of a handler that asks nothing. */
  public static final Asks NOTHING = new Asks(Set.of(), Set.of());

  /**
   * Returns a copy with more required kinds.
   *
   * @param kinds the kinds to add; not null
   * @return a new declaration
   */
  public Asks require(QuestionKind... kinds) {
    return new Asks(with(required, kinds), optional);
  }

  /**
   * Returns a copy with more optional kinds.
   *
   * @param kinds the kinds to add; not null
   * @return a new declaration
   */
  public Asks allow(QuestionKind... kinds) {
    return new Asks(required, with(optional, kinds));
  }

  private static Set<QuestionKind> with(Set<QuestionKind> some, QuestionKind... more) {
    EnumSet<QuestionKind> all = EnumSet.noneOf(QuestionKind.class);
    all.addAll(some);
    all.addAll(Set.of(more));
    return Set.copyOf(all);
  }

  /**
   * Returns whether a kind is declared.
   *
   * @param kind the kind; not null
   * @return true if it is required or optional
   */
  public boolean includes(QuestionKind kind) {
    return required.contains(kind) || optional.contains(kind);
  }

  /**
   * Returns whether no kind is declared.
   *
   * @return true if the handler asks nothing
   */
  public boolean isEmpty() {
    return required.isEmpty() && optional.isEmpty();
  }
}
