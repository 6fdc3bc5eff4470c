"""What the command line shows: tables on a terminal, or JSON."""
