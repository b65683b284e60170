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
APIGW_STACK=stateless-mcp-java-echo
APIGW_TEMPLATE=sam/template.yaml
APIGW_OUTPUT=target/template_output.yaml
# The single quotes let an empty value through: a parameter left out keeps its last deployed value.
APIGW_PARAMS="ParameterKey=apiStage,ParameterValue='${P_API_STAGE}' ParameterKey=fnMemory,ParameterValue='${P_FN_MEMORY}' ParameterKey=fnTimeout,ParameterValue='${P_FN_TIMEOUT}' ParameterKey=dependencies,ParameterValue='${O_LAYER_ARN}'"
