package dev.statelessmcp.catalog;

import java.util.List;

/**
 * A page of a list.
 *
 * @param items the items, in order; not null
 * @param more true if more items follow
 * @param <T> the items
 */
public record Page<T>(List<T> items, boolean more) {}
