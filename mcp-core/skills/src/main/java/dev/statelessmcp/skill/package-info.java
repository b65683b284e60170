/**
 * The Skills extension: folders with a {@code SKILL.md}, which hosts list and pass to their agents.
 * {@code Skills.ofFolder} and {@code Skills.ofClassPath} read them.
 */
@NullMarked
package dev.statelessmcp.skill;

import org.jspecify.annotations.NullMarked;
