package dev.statelessmcp.lambda;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Receives the calls of {@code org.crac} before and after a SnapStart snapshot. This class cannot
 * be loaded without that library.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime
 *     hooks of SnapStart</a>
 */
final class SnapshotHook implements Resource {
  private final Snapshots snapshots;

  private SnapshotHook(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /** The hook, which the caller must keep: the library references it weakly. */
  static Object register(Snapshots snapshots) {
    SnapshotHook hook = new SnapshotHook(snapshots);
    Core.getGlobalContext().register(hook);
    return hook;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws Exception {
    snapshots.before().run();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) throws Exception {
    snapshots.after().run();
  }
}
