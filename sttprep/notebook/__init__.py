"""Pictures and widgets for notebooks."""
