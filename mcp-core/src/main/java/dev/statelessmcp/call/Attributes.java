package dev.statelessmcp.call;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that a transport attaches to a request, by type: the context of a Lambda invocation, a
 * caller that a gateway authenticated, a trace. Immutable.
 */
public final class Attributes {

  /** No attributes. */
  public static final Attributes NONE = new Attributes(null, null, null);

  private final @Nullable Class<?> type;
  private final @Nullable Object value;
  private final @Nullable Attributes others;

  private Attributes(@Nullable Class<?> type, @Nullable Object value, @Nullable Attributes others) {
    this.type = type;
    this.value = value;
    this.others = others;
  }

  /**
   * Returns these attributes and one more, which replaces an earlier one of the same type.
   *
   * @param newType the type under which {@link #get} finds it; not null
   * @param newValue the attribute; null for none
   * @param <T> the type
   * @return new attributes
   */
  public <T> Attributes with(Class<T> newType, @Nullable T newValue) {
    Objects.requireNonNull(newType, "type");
    return newValue == null ? this : new Attributes(newType, newValue, this);
  }

  /**
   * The attribute of a type.
   *
   * @param wanted exactly the type that was passed to {@link #with}; not null
   * @param <T> the type
   * @return the attribute, if there is one
   */
  public <T> Optional<T> get(Class<T> wanted) {
    for (Attributes at = this; at != null; at = at.others) {
      if (at.type == wanted && at.value != null) {
        return Optional.of(wanted.cast(at.value));
      }
    }
    return Optional.empty();
  }
}
