package dev.statelessmcp.task;

/**
 * Thrown to end the run of a handler: its task is suspended, cancelled, handed over, or claimed by
 * another run. It is an {@code Error}, so that {@code catch (Exception e)} in a handler does not
 * catch it. The outcome is in the {@link TaskRun}, even if a handler catches the error.
 */
final class TaskEnded extends Error {
  private static final long serialVersionUID = 1L;

  TaskEnded() {
    super("the run of a task ends here; this must not be caught", null, false, false);
  }
}
