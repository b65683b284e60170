package dev.statelessmcp.annotation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.statelessmcp.binding.JsonType;
import dev.statelessmcp.binding.JsonTypes;
import dev.statelessmcp.binding.MethodParameter;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.schema.Range;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A method with one of the annotations, ready to be called. Immutable and thread-safe. */
final class AnnotatedMethod {
  private final Method method;
  private final @Nullable Object target; // null for a static method
  private final Map<String, Object> members;
  private final Class<? extends Call> callType;
  private final List<MethodParameter> arguments = new ArrayList<>();

  /** For each parameter its index among the arguments; -1 if it gets a part of the call. */
  private final int[] slots;

  private final Class<?>[] types;

  /** Whether types may have annotations that reflection must read. */
  private final boolean annotated;

  /**
   * Reads the parameters of a method.
   *
   * @param names the names of the parameters; empty if they are not known
   * @param descriptions their descriptions, if they have no other annotations; otherwise null
   */
  AnnotatedMethod(
      Method method,
      @Nullable Object target,
      Class<? extends Call> callType,
      Map<String, Object> members,
      List<String> names,
      @Nullable List<@Nullable String> descriptions) {
    this.method = method;
    this.target = target;
    this.members = members;
    this.callType = callType;
    annotated = descriptions == null;
    types = method.getParameterTypes();
    slots = new int[types.length];
    require(!Modifier.isPrivate(method.getModifiers()), "must not be private");
    require(
        Modifier.isStatic(method.getModifiers()) || target != null,
        "must be static, because a class was given and not an object");
    for (int i = 0; i < types.length; i++) {
      Annotation[] annotations =
          annotated ? method.getParameterAnnotations()[i] : new Annotation[0];
      String description =
          descriptions == null || i >= descriptions.size() ? null : descriptions.get(i);
      if (isOfCall(types[i])) {
        slots[i] = -1;
        require(
            description == null && !isDescribed(annotations),
            "must not describe its parameter of type " + types[i].getSimpleName()
                + ", which is not an argument");
        continue;
      }
      slots[i] = arguments.size();
      arguments.add(new MethodParameter(
          slots[i],
          name(i, names, annotations),
          method.getGenericParameterTypes()[i],
          annotated ? method.getAnnotatedParameterTypes()[i] : null,
          List.of(annotations),
          description));
    }
    method.setAccessible(true); // the class may be private to the program
  }

  private static boolean isDescribed(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation.annotationType().getPackageName().equals(Range.class.getPackageName())) {
        return true;
      }
    }
    return false;
  }

  private String name(int index, List<String> names, Annotation[] annotations) {
    for (Annotation one : annotations) {
      if (one instanceof JsonProperty property && !property.value().isEmpty()) {
        return property.value();
      }
    }
    require(
        index < names.size(),
        "must have names for its parameters: compile with -parameters, or give them"
            + " @JsonProperty(\"name\")");
    return names.get(index);
  }

  private boolean isOfCall(Class<?> type) {
    if (type == String.class || type.isPrimitive()) { // cold start: loads none of the others
      return false;
    }
    return type == callType
        || type == Call.class
        || type == Caller.class
        || type == Cancellation.class
        || type == Attributes.class
        || type == RequestMeta.class
        || type == TraceContext.class;
  }

  private static Object ofCall(Class<?> type, Call call) {
    if (type == Caller.class) {
      return call.caller();
    }
    if (type == Cancellation.class) {
      return call.cancellation();
    }
    if (type == Attributes.class) {
      return call.attributes();
    }
    if (type == RequestMeta.class) {
      return call.meta();
    }
    return type == TraceContext.class ? call.trace() : call;
  }

  /**
   * Requires a condition.
   *
   * @throws IllegalArgumentException if it is false; the message names the method
   */
  void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(this + " " + what);
    }
  }

  /** The name in the annotation, otherwise that of the method. */
  String name() {
    String name = text("name");
    return name == null ? method.getName() : name;
  }

  /** A string member of the annotation; null if it is not set or empty. */
  @Nullable
  String text(String member) {
    return members.get(member) instanceof String text && !text.isEmpty() ? text : null;
  }

  /** Whether a member of the annotation is set to a value. */
  boolean is(String member, boolean value) {
    return Boolean.valueOf(value).equals(members.get(member));
  }

  /** Sets the members that all annotations have: the title, the scopes and the questions. */
  <T extends Item<T>> T described(T item) {
    T described = item;
    if (members.get("requires") instanceof List<?> scopes && !scopes.isEmpty()) {
      described = described.requires(scopes.toArray(new String[0]));
    }
    if (text("title") != null) {
      described = described.title(text("title"));
    }
    if (members.containsKey("asks")) {
      described = described.asks(kinds("asks"));
    }
    return members.containsKey("mayAsk") ? described.mayAsk(kinds("mayAsk")) : described;
  }

  private QuestionKind[] kinds(String member) {
    List<QuestionKind> kinds = new ArrayList<>();
    if (members.get(member) instanceof List<?> names) {
      for (Object name : names) {
        kinds.add(QuestionKind.valueOf(name.toString()));
      }
    }
    return kinds.toArray(new QuestionKind[0]);
  }

  /** The JSON form of the arguments. */
  JsonType<@Nullable Object[]> arguments() {
    return JsonTypes.ofParameters(method, arguments);
  }

  boolean hasArguments() {
    return !arguments.isEmpty();
  }

  Type returnType() {
    return method.getGenericReturnType();
  }

  Class<?> rawReturnType() {
    return method.getReturnType();
  }

  /** The JSON form of the method's result. */
  JsonType<?> answer() {
    AnnotatedType type = annotated ? method.getAnnotatedReturnType() : null;
    JsonType<?> answer = JsonTypes.ofType(returnType(), type, "what " + this + " returns");
    require(!answer.isOptional(), "must not return an Optional; throw a ToolException instead");
    return answer;
  }

  /** Whether the method returns a list of a class or of its subclasses. */
  boolean returnsListOf(Class<?> element) {
    return returnType() instanceof ParameterizedType generic
        && generic.getRawType() == List.class
        && generic.getActualTypeArguments()[0] instanceof Class<?> actual
        && element.isAssignableFrom(actual);
  }

  /**
   * Calls the method.
   *
   * @param values the values of the arguments
   * @return its result; null if that is null or the method is void
   * @throws Exception if the method throws it
   */
  @Nullable
  Object call(@Nullable Object[] values, Call call) throws Exception {
    @Nullable Object[] all = new Object[slots.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = slots[i] < 0 ? ofCall(types[i], call) : values[slots[i]];
    }
    try {
      return method.invoke(target, all);
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      if (thrown instanceof Exception failure) {
        throw failure;
      }
      if (thrown instanceof Error error) { // including the one that a question throws
        throw error;
      }
      throw e;
    }
  }

  /** The exception for a method that returns null. */
  IllegalStateException returnedNull() {
    return new IllegalStateException(this + " returned null");
  }

  @Override
  public String toString() {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()";
  }
}
