#!/usr/bin/env bash
# Step «Comment on the pull request» of action.yml: one comment, found again by the marker in its
# first line. A comment that cannot be written never decides about the change.
set -euo pipefail

leave() {
  echo "::notice title=assessor::$1 The step summary has the result."
  exit 0
}

if [ -z "$ASSESSOR_COMMENT" ]; then leave "There is nothing to comment."; fi
if [ "$ASSESSOR_HEAD" != "$GITHUB_REPOSITORY" ]; then
  leave "No comment on a pull request from a fork: its token may not write."
fi
if [ -z "$GH_TOKEN" ]; then leave "No comment without a token."; fi
if ! command -v gh >/dev/null; then leave "No comment, as the runner has no gh."; fi
export GH_HOST=${GITHUB_SERVER_URL#*://} GH_ENTERPRISE_TOKEN=$GH_TOKEN

# Only a comment of our own is edited: anybody can write the marker.
# shellcheck disable=SC2016 # the dollars are GraphQL's
found=$(
  gh api graphql --paginate -f pull="$ASSESSOR_PULL" -f query='
    query($pull: ID!, $endCursor: String) {
      node(id: $pull) { ... on PullRequest { comments(first: 100, after: $endCursor) {
        nodes { id viewerDidAuthor body }
        pageInfo { hasNextPage endCursor }
      } } }
    }' --jq '.data.node.comments.nodes[]
      | select(.viewerDidAuthor and (.body | startswith("<!-- assessor:gate -->"))) | .id'
) || leave "The comments cannot be read; the job needs the permission pull-requests: write."

# shellcheck disable=SC2016
if [ -n "$found" ]; then
  mutation='mutation($id: ID!, $body: String!) {
    updateIssueComment(input: {id: $id, body: $body}) { clientMutationId } }'
else
  mutation='mutation($id: ID!, $body: String!) {
    addComment(input: {subjectId: $id, body: $body}) { clientMutationId } }'
fi
id=${found%%$'\n'*}
gh api graphql --silent -f query="$mutation" -f id="${id:-$ASSESSOR_PULL}" \
  -F body=@"$ASSESSOR_COMMENT" ||
  leave "The comment cannot be written; the job needs the permission pull-requests: write."
