/**
 * Runs a function as Lambda runs it: AWS's own Java runtime client in a process of its own, around
 * the deployment package and nothing else. Tests of a deployment package start reading at
 * {@link dev.statelessmcp.examples.lambdalocal.LambdaProcess}.
 */
package dev.statelessmcp.examples.lambdalocal;
