/** Tasks in a database: {@link dev.statelessmcp.task.jdbc.JdbcTaskStore}. */
@NullMarked
package dev.statelessmcp.task.jdbc;

import org.jspecify.annotations.NullMarked;
