"""One function per button, written once against the host protocol."""
