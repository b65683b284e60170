/**
 * Messages that are nearly right, by the hundred thousand, and the rules that each answer keeps.
 *
 * <p>Read {@link dev.statelessmcp.fuzz.Fuzz} to send them over another transport.
 */
package dev.statelessmcp.fuzz;
