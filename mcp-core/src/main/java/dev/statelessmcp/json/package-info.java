/**
 * Reading JSON trees with Jackson's parser alone, and writing them.
 *
 * <p>Read this package if you write a transport. It exists for the cold start on AWS Lambda: an
 * {@code ObjectMapper} costs half of the time to the first answer there, and a {@code JsonFactory}
 * a tenth of what is left, so the path of a request never touches one.
 */
package dev.statelessmcp.json;
