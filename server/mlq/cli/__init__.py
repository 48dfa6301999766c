"""The command line: reads files, asks `mlq.ide`, prints the answers."""
