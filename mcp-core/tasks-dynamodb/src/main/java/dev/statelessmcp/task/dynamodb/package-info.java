/**
 * Tasks in DynamoDB, with the AWS SDK for Java 2.x:
 * {@link dev.statelessmcp.task.dynamodb.DynamoDbClientTaskStore}.
 */
@NullMarked
package dev.statelessmcp.task.dynamodb;

import org.jspecify.annotations.NullMarked;
