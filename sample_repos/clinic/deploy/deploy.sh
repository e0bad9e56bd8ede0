#!/bin/sh
# Puts an image on one of the two machines: deploy.sh staging|production COMMIT
set -eu
export CLINIC_IMAGE="$CI_REGISTRY_IMAGE:$2"
export DOCKER_HOST="ssh://deploy@$1.clinic.example.net"
docker compose run --rm migrate
docker compose up --detach web
