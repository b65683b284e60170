package dev.statelessmcp.catalog;

import java.util.List;

/**
 * Some of the items of a list.
 *
 * @param items the items, in order; not null
 * @param more whether there are more behind them
 * @param <T> the items
 */
public record Page<T>(List<T> items, boolean more) {}
