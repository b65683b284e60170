package dev.statelessmcp.skill;

import dev.statelessmcp.resource.ReadCall;

/** Writes the instructions of a skill for each read. Called from several threads at once. */
@FunctionalInterface
public interface SkillBody {

  /**
   * Writes what stands below the front matter of {@code SKILL.md}.
   *
   * @param call who reads, and everything else about it; not null
   * @return Markdown without front matter; not null
   * @throws Exception {@code McpException} for the client; anything else is our own failure
   */
  String write(ReadCall call) throws Exception;
}
