package dev.statelessmcp.skill;

import dev.statelessmcp.resource.ReadCall;

/** Writes the instructions of a skill for each read. Must be thread-safe. */
@FunctionalInterface
public interface SkillBody {

  /**
   * Writes the part of {@code SKILL.md} after the front matter.
   *
   * @param call the request; not null
   * @return Markdown without front matter; not null
   * @throws Exception {@code McpException} for an error that the client gets; any other exception
   *     is logged, and the client gets an internal error
   */
  String write(ReadCall call) throws Exception;
}
