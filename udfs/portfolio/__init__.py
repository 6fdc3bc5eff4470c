"""What the whole portfolio tells: whether the grades of the past have told who would pay."""
