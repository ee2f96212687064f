"""What a project says about how its documents are checked."""
