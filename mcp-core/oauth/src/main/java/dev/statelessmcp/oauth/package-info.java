/**
 * An MCP server as an OAuth 2.1 resource server: its metadata, the check of every access token, and
 * the challenges that tell clients how to get one.
 *
 * <p>Start at {@link dev.statelessmcp.oauth.ResourceServer}.
 */
@NullMarked
package dev.statelessmcp.oauth;

import org.jspecify.annotations.NullMarked;
