"""The records as files: reading and writing annotation YAML, and merging what changed on two sides."""
