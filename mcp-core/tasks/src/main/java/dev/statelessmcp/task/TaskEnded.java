package dev.statelessmcp.task;

/**
 * Ends the run of a handler: its task is parked, cancelled, handed over, or another run has it. It
 * is an {@code Error}, so that {@code catch (Exception e)} in a handler does not catch it. What
 * became of the task stands in its {@link TaskRun}, also if a handler catches this all the same.
 */
final class TaskEnded extends Error {
  private static final long serialVersionUID = 1L;

  TaskEnded() {
    super("the run of a task ends here; this must not be caught", null, false, false);
  }
}
