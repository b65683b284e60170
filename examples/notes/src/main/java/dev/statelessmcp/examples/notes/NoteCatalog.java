package dev.statelessmcp.examples.notes;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The notes of a caller as resources: each caller has another list. */
final class NoteCatalog implements Catalog<Resource> {
  private static final String SCHEME = "notes:///";

  private final NoteStore store;

  NoteCatalog(NoteStore store) {
    this.store = store;
  }

  static String uri(String title) {
    return SCHEME + URLEncoder.encode(title, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Optional<String> title(String uri) {
    if (!uri.startsWith(SCHEME)) {
      return Optional.empty();
    }
    try {
      String encoded = uri.substring(SCHEME.length()).replace("+", "%2B");
      return Optional.of(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) { // a client can send any URI
      return Optional.empty();
    }
  }

  @Override
  public Optional<Page<Resource>> list(Caller caller, String after, int limit) {
    Optional<String> last = after == null ? Optional.of("") : title(after);
    return last.map(title -> {
      List<Note> found = store.after(caller, title, limit + 1); // one more shows that there is one
      List<Resource> page =
          found.stream().limit(limit).map(NoteCatalog::resource).toList();
      return new Page<>(page, found.size() > limit);
    });
  }

  @Override
  public Optional<Resource> find(String uri, Caller caller) {
    return title(uri).flatMap(title -> store.get(caller, title)).map(NoteCatalog::resource);
  }

  private static Resource resource(Note note) {
    String uri = uri(note.title());
    return Resource.of(
            uri,
            note.title(),
            call -> ResourceResult.of(ResourceContents.text(uri, "text/markdown", note.text())))
        .mimeType("text/markdown");
  }
}
