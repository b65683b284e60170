/**
 * Reading and writing Jackson's trees without Jackson's parsers, generators and mappers.
 *
 * <p>Read this package if you write a transport. It exists for the cold start on AWS Lambda: an
 * {@code ObjectMapper} costs half of the time to the first answer there, and parser and generator a
 * sixth of what is left, so the path of a request never touches one.
 */
package dev.statelessmcp.json;
