package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record component that may be missing, and is then null. It is not {@code required} in the
 * derived schema. Not for primitive types. Any other annotation with the simple name
 * {@code Nullable} and retention {@code RUNTIME}, such as JSpecify's, has the same effect; it must
 * be on the class path at run time.
 *
 * <pre>{@code
 * record Note(String text, @Nullable String title) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
public @interface Nullable {}
