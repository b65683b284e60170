#!/bin/sh
# Start script of echo-web.zip: the Lambda Web Adapter runs it in place of the Java runtime.
# The flags are those that Lambda's own Java runtimes use; the heap leaves room for Jetty's buffers.
cd "${LAMBDA_TASK_ROOT:-$(dirname "$0")}" || exit 1
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxRAMPercentage=60 \
  -jar echo.jar --mode mounted --host 127.0.0.1 --port "${AWS_LWA_PORT:-8080}"
