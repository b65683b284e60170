package dev.statelessmcp.examples.notes;

import dev.statelessmcp.call.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The notes of each user, ordered by title. In memory, where a real server would use a database.
 */
final class NoteStore {
  private final Map<String, ConcurrentSkipListMap<String, Note>> notes = new ConcurrentHashMap<>();

  private ConcurrentSkipListMap<String, Note> of(Caller caller) {
    // With the issuer: two authorization servers may have a user of the same name
    return notes.computeIfAbsent(caller.identity(), user -> new ConcurrentSkipListMap<>());
  }

  /** Keeps a note. Returns whether its title is new. */
  boolean put(Caller caller, Note note) {
    return of(caller).put(note.title(), note) == null;
  }

  /** Returns whether there was such a note. */
  boolean remove(Caller caller, String title) {
    return of(caller).remove(title) != null;
  }

  Optional<Note> get(Caller caller, String title) {
    return Optional.ofNullable(of(caller).get(title));
  }

  /** The notes whose titles come after one; all for an empty one. */
  List<Note> after(Caller caller, String title, int limit) {
    return of(caller).tailMap(title, false).values().stream().limit(limit).toList();
  }

  List<String> titles(Caller caller) {
    return List.copyOf(of(caller).keySet());
  }
}
