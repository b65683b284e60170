package dev.statelessmcp.test;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Faults of a connection that other threads have found, stored until the test checks. Thread-safe.
 */
final class Faults {
  private final ClientSettings settings;
  private final Transcript transcript;
  private final Supplier<String> log; // of the server
  private final Runnable wake; // wakes waiting threads
  private @Nullable String fault; // guarded by this; null if the test knows all
  private @Nullable String
      broken; // guarded by this; why the connection is broken; null if it is not

  Faults(ClientSettings settings, Transcript transcript, Supplier<String> log, Runnable wake) {
    this.settings = settings;
    this.transcript = transcript;
    this.log = log;
    this.wake = wake;
  }

  /** Creates a failure with the transcript. */
  AssertionError failure(String message) {
    String logged = log.get();
    return new AssertionError(message
        + "\n\nTranscript ("
        + settings.version()
        + "):\n"
        + transcript
        + (logged.isEmpty() ? "" : "\n\nLog of the server:\n" + logged));
  }

  /** Stores the first fault, for the next call of {@link #throwFault}. */
  void add(String message) {
    transcript.note("!!! " + message);
    synchronized (this) {
      if (fault == null) {
        fault = message;
      }
    }
    wake.run();
  }

  /** Stores that the connection is broken. */
  void breaks(String why) {
    synchronized (this) {
      if (broken == null) {
        broken = why;
      }
    }
    add(why);
  }

  /** Fails the test if there is a fault that it does not know, or the connection is broken. */
  void throwFault() {
    @Nullable String found;
    synchronized (this) {
      found = fault != null ? fault : broken;
      fault = null;
    }
    throwFault(found);
  }

  /** Not under the lock, because the message needs other locks. */
  private void throwFault(@Nullable String found) {
    if (found != null) {
      throw failure(found);
    }
  }

  /** Fails the test if there is a fault that it does not know. */
  void throwUnknownFault() {
    @Nullable String found;
    synchronized (this) {
      found = fault;
      fault = null;
    }
    throwFault(found);
  }

  /** Adds a fault if there are problems, unless the client does not check. */
  void addProblems(Collection<String> problems, String what) {
    if (settings.checked() && !problems.isEmpty()) {
      add(breach(problems, what));
    }
  }

  /** Fails the test if there are problems, unless the client does not check. */
  void throwProblems(List<String> problems, String what) {
    if (settings.checked() && !problems.isEmpty()) {
      throw failure(breach(problems, what));
    }
  }

  private String breach(Collection<String> problems, String what) {
    return "The " + what + " breaks the protocol of revision " + settings.version() + ": "
        + String.join("; ", problems);
  }
}
