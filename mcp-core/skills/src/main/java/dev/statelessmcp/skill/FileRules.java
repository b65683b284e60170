package dev.statelessmcp.skill;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Item;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies the rules of skills to their files and folders. A file of a nested skill is also a file
 * of the outer one: a caller who may see one of the two skills may see it, with the scopes of the
 * inner one.
 */
final class FileRules {
  private final List<Skill> skills;

  FileRules(List<Skill> skills) {
    this.skills = skills;
  }

  /** Applies the rules to a file or folder of a skill. */
  <T extends Item<T>> T around(T item, String path) {
    List<Skill> around = new ArrayList<>();
    for (Skill skill : skills) {
      if (path.equals(skill.path()) || path.startsWith(skill.path() + "/")) {
        around.add(skill);
      }
    }
    boolean restricted = true; // unless one of them is unrestricted
    Skill inner = around.get(0);
    for (Skill skill : around) {
      restricted &= skill.isRestricted();
      if (skill.path().length() > inner.path().length()) {
        inner = skill;
      }
    }
    T ruled = restricted ? item.visibleTo(caller -> isVisible(around, caller)) : item;
    if (!inner.requiredScopes().isEmpty()) {
      ruled = ruled.requires(inner.requiredScopes().toArray(new String[0]));
      if (inner.isHiddenWithoutScopes(true)
          == inner.isHiddenWithoutScopes(false)) { // the skill sets it
        ruled = ruled.hideWithoutScopes(inner.isHiddenWithoutScopes(false));
      }
    }
    return ruled;
  }

  private static boolean isVisible(List<Skill> skills, Caller caller) {
    for (Skill skill : skills) {
      if (skill.isVisibleTo(caller)) {
        return true;
      }
    }
    return false;
  }
}
