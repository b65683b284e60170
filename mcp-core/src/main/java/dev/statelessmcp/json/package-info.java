/**
 * Reading and writing JSON trees with Jackson's streaming API alone.
 *
 * <p>Read this package if you write a transport. It exists for the cold start on AWS Lambda: an
 * {@code ObjectMapper} costs half of the time to the first answer there, so the path of a request
 * never creates one.
 */
package dev.statelessmcp.json;
