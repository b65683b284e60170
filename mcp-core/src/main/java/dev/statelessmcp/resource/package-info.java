/**
 * Resources: what a client can read.
 *
 * <p>Read this package to offer files, records or documents.
 */
package dev.statelessmcp.resource;
