/**
 * Reads and writes Jackson's trees without Jackson's parsers, generators and mappers, for a shorter
 * cold start on AWS Lambda: there an {@code ObjectMapper} takes half of the time to the first
 * answer, and Jackson's parser and generator take a sixth of the rest.
 */
@NullMarked
package dev.statelessmcp.json;

import org.jspecify.annotations.NullMarked;
