"""The features of an editor as plain values: no protocol, no I/O, no failure."""
