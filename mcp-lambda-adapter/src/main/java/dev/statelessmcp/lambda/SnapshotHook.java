package dev.statelessmcp.lambda;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Hears of the snapshot that SnapStart takes, through the library that Lambda supports for it. This
 * class cannot be loaded where that library is missing.
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

  /** The hook, which must be held on to. */
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
