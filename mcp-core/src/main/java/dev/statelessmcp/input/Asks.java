package dev.statelessmcp.input;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a handler may ask. Immutable.
 *
 * @param required what it cannot do without: a client that does not answer it is refused beforehand
 * @param optional what it asks if it can
 */
public record Asks(Set<QuestionKind> required, Set<QuestionKind> optional) {

  /** A handler that asks nothing. */
  public static final Asks NOTHING = new Asks(Set.of(), Set.of());

  /**
   * With more that the handler cannot do without.
   *
   * @param kinds the kinds of questions
   * @return new declarations
   */
  public Asks require(QuestionKind... kinds) {
    return new Asks(with(required, kinds), optional);
  }

  /**
   * With more that the handler asks if it can.
   *
   * @param kinds the kinds of questions
   * @return new declarations
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
   * Whether a kind of question is declared at all.
   *
   * @param kind the kind
   * @return true if it is
   */
  public boolean includes(QuestionKind kind) {
    return required.contains(kind) || optional.contains(kind);
  }

  /**
   * Whether nothing is declared.
   *
   * @return true if the handler asks nothing
   */
  public boolean isEmpty() {
    return required.isEmpty() && optional.isEmpty();
  }
}
