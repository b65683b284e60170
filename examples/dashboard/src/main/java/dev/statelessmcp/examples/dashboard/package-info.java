/** A server whose tool a host shows as a chart. */
package dev.statelessmcp.examples.dashboard;
