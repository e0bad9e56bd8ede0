resource "example_cluster" "shop" {}
