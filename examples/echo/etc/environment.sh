# Settings of the makefile. Read by make (include) and by shells (source): so no blanks around "=",
# no comment behind a value, and double quotes around a value with blanks in it.

# AWS account. An empty PROFILE or REGION leaves the choice to the AWS configuration.
PROFILE=
# S3 bucket in that region, for the uploaded zip files; "make apigw BUCKET=..." works too.
BUCKET=
REGION=us-east-1

# Layer with the dependencies (optional).
P_DESCRIPTION=stateless-mcp-java
LAYER_STACK=stateless-mcp-java-layer
LAYER_TEMPLATE=sam/layer.yaml
LAYER_OUTPUT=target/layer_output.yaml
LAYER_PARAMS="ParameterKey=description,ParameterValue='${P_DESCRIPTION}'"
# The outLayer of "make layer". Empty: the function's zip holds its dependencies.
O_LAYER_ARN=

# API and function. Any other parameter of the template can be added to APIGW_PARAMS the same way.
P_API_STAGE=dev
P_FN_MEMORY=512
P_FN_TIMEOUT=15
# With a class-data archive (make archive): P_EXEC_WRAPPER=/var/task/bootstrap and P_SNAP_START=None.
P_EXEC_WRAPPER=
P_SNAP_START=PublishedVersions
# JDK that the archive is for. Empty: the one that runs java.
ARCHIVE_JDK=
APIGW_STACK=stateless-mcp-java-echo
APIGW_TEMPLATE=sam/template.yaml
APIGW_OUTPUT=target/template_output.yaml
# The single quotes let an empty value through: a parameter left out keeps its last deployed value.
APIGW_PARAMS="ParameterKey=apiStage,ParameterValue='${P_API_STAGE}' ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_FN_TIMEOUT}' ParameterKey=fnExecWrapper,ParameterValue='${P_EXEC_WRAPPER}' ParameterKey=fnSnapStart,ParameterValue='${P_SNAP_START}' ParameterKey=dependencies,ParameterValue='${O_LAYER_ARN}'"

# The other ways to be reached. Their templates have the function's parameters in common:
# fnMemory, fnTimeout, fnRuntime, fnArchitecture, fnSnapStart, logRetention.

# HTTP API with a JWT authorizer: who issues the tokens, for whom, and a scope (empty: any).
P_JWT_ISSUER=
P_JWT_AUDIENCE=
P_JWT_SCOPE=
HTTP_API_STACK=stateless-mcp-java-http-api
HTTP_API_PARAMS="ParameterKey=apiStage,ParameterValue='${P_API_STAGE}' ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_FN_TIMEOUT}' ParameterKey=jwtIssuer,ParameterValue='${P_JWT_ISSUER}' ParameterKey=jwtAudience,ParameterValue='${P_JWT_AUDIENCE}' ParameterKey=jwtScope,ParameterValue='${P_JWT_SCOPE}'"

# HTTP API whose function checks the tokens itself (oauth), or after the API (oauth-jwt, which needs P_JWT_AUDIENCE
# too): the URL for clients, who issues the tokens, the scopes that every request needs (empty: none), and whose server
# it is, for a server card: a domain in reverse such as com.example (empty: none).
P_PUBLIC_URL=
P_ISSUER=
P_SCOPES=
P_PUBLISHER=
OAUTH_STACK=stateless-mcp-java-oauth
OAUTH_PARAMS="ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_FN_TIMEOUT}' ParameterKey=publicUrl,ParameterValue='${P_PUBLIC_URL}' ParameterKey=issuer,ParameterValue='${P_ISSUER}' ParameterKey=scopes,ParameterValue='${P_SCOPES}' ParameterKey=publisher,ParameterValue='${P_PUBLISHER}'"
OAUTH_JWT_STACK=stateless-mcp-java-oauth-jwt
OAUTH_JWT_PARAMS="ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_FN_TIMEOUT}' ParameterKey=publicUrl,ParameterValue='${P_PUBLIC_URL}' ParameterKey=issuer,ParameterValue='${P_ISSUER}' ParameterKey=scopes,ParameterValue='${P_SCOPES}' ParameterKey=publisher,ParameterValue='${P_PUBLISHER}' ParameterKey=jwtAudience,ParameterValue='${P_JWT_AUDIENCE}'"

# REST API with a bearer token. URL of the OAuth protected resource metadata, if there is one.
P_RESOURCE_METADATA=
AUTHORIZER_STACK=stateless-mcp-java-authorizer
AUTHORIZER_PARAMS="ParameterKey=apiStage,ParameterValue='${P_API_STAGE}' ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_FN_TIMEOUT}' ParameterKey=resourceMetadata,ParameterValue='${P_RESOURCE_METADATA}'"

# Function URL. AWS_IAM: callers sign their requests. NONE: open to everybody.
P_URL_AUTH=AWS_IAM
FUNCTION_URL_STACK=stateless-mcp-java-function-url
FUNCTION_URL_PARAMS="ParameterKey=urlAuth,ParameterValue='${P_URL_AUTH}' ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_FN_TIMEOUT}'"

# Rule in an HTTPS listener of an Application Load Balancer that you have, for this host name.
P_LISTENER=
P_HOST_NAME=
P_RULE_PRIORITY=100
ALB_STACK=stateless-mcp-java-alb
ALB_PARAMS="ParameterKey=listener,ParameterValue='${P_LISTENER}' ParameterKey=hostName,ParameterValue='${P_HOST_NAME}' ParameterKey=rulePriority,ParameterValue='${P_RULE_PRIORITY}' ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_FN_TIMEOUT}'"

# Streamed answers may take longer. P_URL_AUTH counts here too.
P_STREAM_TIMEOUT=60
STREAMING_STACK=stateless-mcp-java-streaming
STREAMING_PARAMS="ParameterKey=urlAuth,ParameterValue='${P_URL_AUTH}' ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_STREAM_TIMEOUT}'"
STREAMING_API_STACK=stateless-mcp-java-streaming-api
STREAMING_API_PARAMS="ParameterKey=apiStage,ParameterValue='${P_API_STAGE}' ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_STREAM_TIMEOUT}'"

# Layer of the Lambda Web Adapter: see its documentation for the newest version and for China.
# It belongs to a region and an architecture: LambdaAdapterLayerX86 goes with fnArchitecture x86_64.
P_WEB_ADAPTER_LAYER=arn:aws:lambda:${REGION}:753240598075:layer:LambdaAdapterLayerArm64:26
# Host names that clients may use; the one in the outMcpUrl is the strict value.
P_ALLOWED_HOSTS=*
WEB_ADAPTER_STACK=stateless-mcp-java-web-adapter
WEB_ADAPTER_PARAMS="ParameterKey=urlAuth,ParameterValue='${P_URL_AUTH}' ParameterKey=webAdapterLayer,ParameterValue='${P_WEB_ADAPTER_LAYER}' ParameterKey=allowedHosts,ParameterValue='${P_ALLOWED_HOSTS}' ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_STREAM_TIMEOUT}'"
