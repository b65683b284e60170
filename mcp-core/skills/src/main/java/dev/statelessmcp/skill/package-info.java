/**
 * The Skills extension: folders with a {@code SKILL.md}, which hosts list and give to their agents.
 * {@code Skills.ofFolder} and {@code Skills.ofClassPath} read them.
 *
 * <p>Read this package if a server should bring the instructions for its use with it.
 */
@NullMarked
package dev.statelessmcp.skill;

import org.jspecify.annotations.NullMarked;
