/** A report that takes minutes, as a task: with progress, a question, steps and cancel. */
package dev.statelessmcp.examples.report;
