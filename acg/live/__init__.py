"""Reading Azure: the one part of the core that uses the network. It only ever reads."""
