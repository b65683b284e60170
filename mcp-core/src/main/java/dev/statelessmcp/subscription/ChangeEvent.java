package dev.statelessmcp.subscription;

/** Something that has changed. */
public sealed interface ChangeEvent {

  /** The list of tools has changed. */
  record ToolsChanged() implements ChangeEvent {}

  /** The list of prompts has changed. */
  record PromptsChanged() implements ChangeEvent {}

  /** The list of resources has changed. */
  record ResourcesChanged() implements ChangeEvent {}

  /**
   * The contents of a resource have changed.
   *
   * @param uri the resource; not null
   */
  record ResourceUpdated(String uri) implements ChangeEvent {}
}
