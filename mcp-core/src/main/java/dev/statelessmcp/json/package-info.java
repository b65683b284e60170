/**
 * Reads and writes Jackson's trees without Jackson's parsers, generators and mappers.
 *
 * <p>Read this package if you write a transport. It shortens the cold start on AWS Lambda: there an
 * {@code ObjectMapper} takes half of the time to the first answer, and Jackson's parser and
 * generator a sixth of the rest. No request uses any of them.
 */
@NullMarked
package dev.statelessmcp.json;

import org.jspecify.annotations.NullMarked;
