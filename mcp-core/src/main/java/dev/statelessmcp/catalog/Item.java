package dev.statelessmcp.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.protocol.Icon;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something that a server offers in a list: a tool, a prompt, a resource, a resource template, or
 * an item of an extension. Immutable; the methods that set something return a new item.
 *
 * <p>A subclass has immutable fields of its own, implements {@link #key} and {@link #toJson}, and
 * need not care about the rest. One that adds {@code title}, {@code icons} or {@code _meta} to its
 * definition does so by {@link #addTitle} and its like, in {@link #changed} too.
 *
 * @param <T> the subclass
 */
public abstract class Item<T extends Item<T>> implements Cloneable {
  // Set only in a copy, before anybody else sees it
  private @Nullable String title;
  private List<Icon> icons = List.of();
  private @Nullable ObjectNode meta;
  private Set<QuestionKind> required = Set.of();
  private Set<QuestionKind> optional = Set.of();
  private @Nullable Predicate<Caller> visible; // null for everybody
  private List<String> scopes = List.of();
  private @Nullable Boolean hidden; // without the scopes; null for what the server says
  private Attributes attributes = Attributes.NONE;

  /** Creates an item without a title, icons or metadata, visible to everybody. */
  protected Item() {}

  /**
   * The key, which is unique among the items of a list.
   *
   * @return the name, URI or URI template; never null
   */
  public abstract String key();

  /**
   * The definition as a list shows it.
   *
   * @return the definition; must not be changed
   */
  public abstract ObjectNode toJson();

  /** Called in a copy after an option was set. Does nothing by default. */
  protected void changed() {}

  /**
   * Copies the item, for a subclass that sets an option of its own.
   *
   * @return a new item
   */
  @SuppressWarnings("unchecked") // T is the class of this
  protected final T copy() {
    try {
      return (T) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("items are cloneable", e);
    }
  }

  private T changed(Item<T> copy) {
    copy.changed();
    return copy.self();
  }

  @SuppressWarnings("unchecked") // T is the class of this
  private T self() {
    return (T) this;
  }

  /**
   * Sets a name for people.
   *
   * @param newTitle the title; null for none
   * @return a new item
   */
  public T title(@Nullable String newTitle) {
    Item<T> copy = copy();
    copy.title = newTitle;
    return changed(copy);
  }

  /**
   * Sets the icons.
   *
   * @param newIcons the icons
   * @return a new item
   */
  public T icons(Icon... newIcons) {
    Item<T> copy = copy();
    copy.icons = List.of(newIcons);
    return changed(copy);
  }

  /**
   * Sets metadata for clients.
   *
   * @param newMeta becomes {@code _meta} of the definition; null for none; must not be changed
   *     later
   * @return a new item
   */
  public T meta(@Nullable ObjectNode newMeta) {
    Item<T> copy = copy();
    copy.meta = newMeta;
    return changed(copy);
  }

  /**
   * Shows the item only to some callers. The others can neither see it nor use it.
   *
   * @param rule whether a caller may; asked in every list and use, by many threads; not null
   * @return a new item
   */
  public T visibleTo(Predicate<Caller> rule) {
    Objects.requireNonNull(rule, "rule");
    Item<T> copy = copy();
    copy.visible = rule;
    return changed(copy);
  }

  /**
   * Sets the scopes that a caller needs to use the item. Scopes that a broader one implies count:
   * see {@code McpServer.Builder.scopeHierarchy}. A caller who lacks one is answered with error
   * code 403 and the scopes in {@code data.requiredScopes}; over HTTP the status is 403 and the
   * {@code WWW-Authenticate} header asks for them, so that its client can request them.
   *
   * @param newScopes such as {@code files:write}; all of them are needed; none for everybody
   * @return a new item
   * @throws IllegalArgumentException if one has a character that OAuth does not allow in a scope
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#scope-challenge-handling">Scope
   *     Challenge Handling</a>
   */
  public T requires(String... newScopes) {
    for (String scope : newScopes) {
      requireScope(scope);
    }
    Item<T> copy = copy();
    copy.scopes = List.of(newScopes);
    return changed(copy);
  }

  /**
   * Checks that a text can be a scope: one or more of the visible ASCII characters but {@code "}
   * and {@code \}.
   *
   * @param scope such as {@code files:write}; not null
   * @throws IllegalArgumentException if it cannot
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">Access Token Scope</a>
   */
  public static void requireScope(String scope) {
    boolean good = !scope.isEmpty();
    for (int i = 0; good && i < scope.length(); i++) {
      char c = scope.charAt(i);
      good = c > ' ' && c <= '~' && c != '"' && c != '\\';
    }
    if (!good) {
      throw new IllegalArgumentException("\"" + scope
          + "\" cannot be a scope: it must be of visible ASCII characters without \" and \\");
    }
  }

  /**
   * Sets whether the item is hidden from callers who lack a scope of {@link #requires}, so that
   * they find neither the item nor what it requires.
   *
   * @param hide true to hide it; false to show it, and to ask for the scopes when it is used. By
   *     default the setting {@code hideWithoutScopes} of the server
   * @return a new item
   */
  public T hideWithoutScopes(boolean hide) {
    Item<T> copy = copy();
    copy.hidden = hide;
    return changed(copy);
  }

  /**
   * The scopes that a caller needs to use the item.
   *
   * @return immutable; empty if none are needed; never null
   */
  public List<String> requiredScopes() {
    return scopes;
  }

  /**
   * Whether the item is hidden from callers who lack a scope.
   *
   * @param byDefault what the server says
   * @return true if it is
   */
  public boolean isHiddenWithoutScopes(boolean byDefault) {
    return hidden == null ? byDefault : hidden;
  }

  /**
   * Declares questions that the handler cannot do without. A client that cannot answer them is
   * refused before the handler runs.
   *
   * @param kinds the kinds of questions
   * @return a new item
   */
  public T asks(QuestionKind... kinds) {
    Item<T> copy = copy();
    copy.required = with(required, kinds);
    return changed(copy);
  }

  /**
   * Declares questions that the handler asks if the client can answer them ({@code call.canAsk}).
   *
   * @param kinds the kinds of questions
   * @return a new item
   */
  public T mayAsk(QuestionKind... kinds) {
    Item<T> copy = copy();
    copy.optional = with(optional, kinds);
    return changed(copy);
  }

  /**
   * Attaches something for an extension or an interceptor. Clients do not see it.
   *
   * @param type the type by which it is found; not null
   * @param value the value; null for none
   * @param <V> the type
   * @return a new item
   */
  public <V> T attribute(Class<V> type, @Nullable V value) {
    Item<T> copy = copy();
    copy.attributes = attributes.with(type, value);
    return changed(copy);
  }

  /**
   * Applies what an extension offers for items, such as {@code tool.apply(TaskPolicy.required())}.
   *
   * @param change the change; not null
   * @return what it returns
   */
  public T apply(UnaryOperator<T> change) {
    return change.apply(self());
  }

  /**
   * What an extension or the author attached.
   *
   * @param type the type by which it was attached; not null
   * @param <V> the type
   * @return the value, if there is one
   */
  public <V> Optional<V> attribute(Class<V> type) {
    return attributes.get(type);
  }

  /**
   * Whether an extension or the author attached anything.
   *
   * @return true if there is an attribute
   */
  public boolean hasAttributes() {
    return attributes != Attributes.NONE;
  }

  /**
   * The kinds of questions that the handler needs.
   *
   * @return an immutable set; never null
   */
  public Set<QuestionKind> requiredQuestions() {
    return required;
  }

  /**
   * The kinds of questions that the handler asks if the client can answer them.
   *
   * @return an immutable set; never null
   */
  public Set<QuestionKind> optionalQuestions() {
    return optional;
  }

  private static Set<QuestionKind> with(Set<QuestionKind> some, QuestionKind... more) {
    EnumSet<QuestionKind> all = EnumSet.noneOf(QuestionKind.class);
    all.addAll(some);
    all.addAll(Set.of(more));
    return Set.copyOf(all);
  }

  /**
   * Whether a caller may see the item, and therefore use it.
   *
   * @param caller the caller; not null
   * @return true if it may
   */
  public boolean isVisibleTo(Caller caller) {
    return visible == null || visible.test(caller);
  }

  /**
   * Whether callers may see or use different things.
   *
   * @return true if the item has a rule about who may see it, or requires scopes
   */
  public boolean isRestricted() {
    return visible != null || !scopes.isEmpty();
  }

  /**
   * Adds the title to a definition, if there is one.
   *
   * @param definition the definition
   */
  protected final void addTitle(ObjectNode definition) {
    if (title != null) {
      definition.put("title", title);
    }
  }

  /**
   * Adds the icons to a definition, if there are any.
   *
   * @param definition the definition
   */
  protected final void addIcons(ObjectNode definition) {
    if (!icons.isEmpty()) {
      Icon.addTo(icons, definition);
    }
  }

  /**
   * Adds {@code _meta} to a definition, if there is any.
   *
   * @param definition the definition
   */
  protected final void addMeta(ObjectNode definition) {
    if (meta != null) {
      definition.set("_meta", meta);
    }
  }
}
