package dev.statelessmcp.binding;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a method that is a member of a JSON object.
 *
 * @param index its place among the members, from 0
 * @param name the name of the member, unless an annotation gives it another one; not null
 * @param type its type; not null
 * @param annotated the same with its annotations; null if there are none
 * @param annotations the annotations of the parameter; not null
 * @param description its description if there are no annotations; null for none
 */
public record MethodParameter(
    int index,
    String name,
    Type type,
    @Nullable AnnotatedType annotated,
    List<Annotation> annotations,
    @Nullable String description) {}
