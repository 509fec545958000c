"""Custom models on this machine: create, add, train, recognize."""
