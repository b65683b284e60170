package dev.statelessmcp.engine;

import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.protocol.Icon;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a server is made of. Immutable.
 *
 * @param info its name and version
 * @param icons its pictures
 * @param instructions how to use it, for the model; null for none
 * @param tools its tools; null if it has none
 * @param prompts its prompts; null if it has none
 * @param resources its resources; null if it has none
 * @param templates its resource templates; null if it has none
 * @param completes whether anything is completed
 * @param logs whether it sends log messages
 * @param pageSize how many items a page of a list has
 * @param cacheHints how long the results of a method may be kept, by method
 * @param feed its changes; null if nothing ever changes
 * @param stateKeys the keys that seal what clients carry; made when they are first needed
 * @param stateTtl how long sealed state is good
 * @param extensions its extensions
 * @param interceptors what is done around every operation, outermost first
 */
public record ServerDefinition(
    Implementation info,
    List<Icon> icons,
    String instructions,
    Catalog<Tool> tools,
    Catalog<Prompt> prompts,
    Catalog<Resource> resources,
    Catalog<ResourceTemplate> templates,
    boolean completes,
    boolean logs,
    int pageSize,
    Map<String, CacheHint> cacheHints,
    ChangeFeed feed,
    Supplier<StateKeys> stateKeys,
    Duration stateTtl,
    List<Extension> extensions,
    List<Interceptor> interceptors) {

  /**
   * Whether there are resources of either kind.
   *
   * @return true if there are
   */
  public boolean hasResources() {
    return resources != null || templates != null;
  }
}
