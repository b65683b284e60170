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
 * An item that a server offers in a list: a tool, a prompt, a resource, a resource template, or an
 * item of an extension. Immutable; the methods that set something return a new item.
 *
 * <p>A subclass has immutable fields and implements {@link #key} and {@link #toJson}. If its
 * definition has {@code title}, {@code icons} or {@code _meta}, it adds them with
 * {@link #addTitle}, {@link #addIcons} and {@link #addMeta}, also in {@link #changed}.
 *
 * @param <T> the subclass
 */
public abstract class Item<T extends Item<T>> implements Cloneable {
  // Set only in a copy, before it is published
  private @Nullable String title;
  private List<Icon> icons = List.of();
  private @Nullable ObjectNode meta;
  private Set<QuestionKind> required = Set.of();
  private Set<QuestionKind> optional = Set.of();
  private @Nullable Predicate<Caller> visible; // null for all callers
  private List<String> scopes = List.of();
  private @Nullable Boolean hidden; // without the scopes; null for the server's setting
  private Attributes attributes = Attributes.NONE;

  /** Creates an item without a title, icons or metadata, visible to all callers. */
  protected Item() {}

  /**
   * The key, which is unique in a list.
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

  /** Called in a copy after a setting has changed. Does nothing by default. */
  protected void changed() {}

  /**
   * Copies the item, for the setters of a subclass.
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
   * Sets a display name.
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
   * Shows the item only to some callers. The others can neither see nor use it.
   *
   * @param rule true for a caller who may; called for each list and each use; must be thread-safe;
   *     not null
   * @return a new item
   */
  public T visibleTo(Predicate<Caller> rule) {
    Objects.requireNonNull(rule, "rule");
    Item<T> copy = copy();
    copy.visible = rule;
    return changed(copy);
  }

  /**
   * Sets the scopes that a caller needs to use the item. A broader scope may imply them: see
   * {@code McpServer.Builder.scopeHierarchy}. A caller who lacks a scope gets error code 403 with
   * the scopes in {@code data.requiredScopes}; over HTTP the status is 403, and the
   * {@code WWW-Authenticate} header names the scopes, so that the client can request them.
   *
   * @param newScopes such as {@code files:write}; all of them are needed; empty for all callers
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
   * Checks that a string can be a scope: one or more visible ASCII characters except {@code "} and
   * {@code \}.
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
   * Sets whether the item is hidden from callers who lack a scope of {@link #requires}. By default
   * the setting {@code hideWithoutScopes} of the server applies.
   *
   * @param hide true to hide it; false to list it, and to ask for the scopes when it is used
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
   * @param byDefault the setting of the server
   * @return true if it is
   */
  public boolean isHiddenWithoutScopes(boolean byDefault) {
    return hidden == null ? byDefault : hidden;
  }

  /**
   * Declares questions that the handler needs. The call of a client that cannot answer them is
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
   * Attaches a value for an extension or an interceptor. Clients do not see it.
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
   * Applies a function to the item, such as {@code tool.apply(TaskPolicy.required())}.
   *
   * @param change the function; not null
   * @return its result
   */
  public T apply(UnaryOperator<T> change) {
    return change.apply(self());
  }

  /**
   * Returns an attached value.
   *
   * @param type the type by which it was attached; not null
   * @param <V> the type
   * @return the value, if there is one
   */
  public <V> Optional<V> attribute(Class<V> type) {
    return attributes.get(type);
  }

  /**
   * Whether a value is attached.
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
   * Whether only some callers may see or use the item.
   *
   * @return true if the item has a visibility rule or requires scopes
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
