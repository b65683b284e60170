package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.lambda.local.DeploymentPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The deployment packages of some variants, unpacked once for all runs, and who issues tokens. */
final class Functions implements AutoCloseable {
  private final Map<Variant, DeploymentPackage> packages = new EnumMap<>(Variant.class);

  private final TestIssuer issuer;

  private Functions(TestIssuer issuer) {
    this.issuer = issuer;
  }

  /**
   * Unpacks the packages.
   *
   * @param module this module's folder, to which the paths of the variants are relative
   * @throws IOException if a package is missing or cannot be read
   */
  static Functions open(Path module, Collection<Variant> variants) throws IOException {
    Functions functions = new Functions(new TestIssuer());
    try {
      for (Variant variant : variants) {
        functions.packages.put(variant, DeploymentPackage.open(module.resolve(variant.zip())));
      }
      return functions;
    } catch (IOException | RuntimeException e) {
      functions.close();
      throw e;
    }
  }

  DeploymentPackage code(Variant variant) {
    return packages.get(variant);
  }

  TestIssuer issuer() {
    return issuer;
  }

  @Override
  public void close() {
    issuer.close();
    packages.values().forEach(DeploymentPackage::close);
  }
}
