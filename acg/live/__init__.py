"""Asking Azure: the one part of the core that uses the network. It only reads, `acg.live.labs.writing` excepted."""
