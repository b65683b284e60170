/**
 * The two eras of the protocol, each with its own words: the only place, together with the HTTP
 * rules, where revisions are told apart.
 */
package dev.statelessmcp.engine.era;
