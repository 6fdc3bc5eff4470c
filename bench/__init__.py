"""Speed, always as a ratio against another command in the same run."""
