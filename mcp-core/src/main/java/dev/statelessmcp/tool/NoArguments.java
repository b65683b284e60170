package dev.statelessmcp.tool;

/**
 * The arguments of a tool that takes none.
 *
 * <pre>{@code
 * Tool.of("time", "The current time", NoArguments.class,
 *     (none, call) -> ToolResult.text(Instant.now().toString()))
 * }</pre>
 */
public record NoArguments() {}
