#!/usr/bin/env bash
# Step «Install assessor» of action.yml: a virtual environment of its own, so that the Python of
# the workflow stays as it is. `-I`: modules that lie in the workspace are never imported.
set -euo pipefail

venv=$RUNNER_TEMP/assessor-venv
"$ASSESSOR_PYTHON" -I -m venv --clear "$venv"
bin=$venv/bin
if [ ! -d "$bin" ]; then bin=$venv/Scripts; fi

if [ -n "$ASSESSOR_VERSION" ]; then
  wanted=$ASSESSOR_VERSION
else
  wanted=$GITHUB_ACTION_PATH
  # The tools that build the package are held to the tested versions as well.
  export PIP_CONSTRAINT=$GITHUB_ACTION_PATH/constraints.txt
  export PIP_BUILD_CONSTRAINT=$PIP_CONSTRAINT
fi
"$bin/python" -I -m pip install --quiet --disable-pip-version-check -- "$wanted"
echo "assessor=$bin/assessor" >>"$GITHUB_OUTPUT"
