"""Everything that touches files, people and Excel; what is computed is in `udfs`."""
